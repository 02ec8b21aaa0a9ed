let isOther = false;

/** What the anchor says of the page that it serves: this page may be a kept one, or stand open since before an update. */
export function heardBuild(build: string): void {
  isOther = document.querySelector(`script[src*="${build}"]`) === null;
}

/** The anchor serves this board in another build: what it says may mean something else here. */
export function isOtherBuild(): boolean {
  return isOther;
}
