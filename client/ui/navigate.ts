/** Goes to another page of this app; going back works, and no key is ever sent to the server. */
export function navigate(path: string): void {
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
}
