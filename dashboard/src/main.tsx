/** Starts the page. */
import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "./styles/colours.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/panels.css";
import "./styles/list.css";
import "./styles/detail.css";
import { createPage, PageProvider } from "./page.ts";
import { App } from "./view/app.tsx";

const root = document.getElementById("page");
if (root) {
  const page = createPage(new URL("./", location.href).href);
  render(
    <PageProvider value={page}>
      <App />
    </PageProvider>,
    root,
  );
}
