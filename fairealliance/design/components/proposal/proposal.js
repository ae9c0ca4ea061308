// An organisation chosen in the list tells its own sphere, where nothing was said yet.

document.addEventListener("autocomplete:chosen", ({ target, detail }) => {
  const sphere = target.closest("[data-partner]")?.querySelector("select[name$=_sphere]");
  if (sphere && detail.sphere && !sphere.value) sphere.value = detail.sphere;
});
