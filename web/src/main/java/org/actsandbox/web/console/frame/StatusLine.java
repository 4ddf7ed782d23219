package org.actsandbox.web.console.frame;

import java.util.Map;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.words.PageText;
import org.springframework.stereotype.Component;

/** Renders the status line of a live page again: the world, its clock and its notices. */
@Component
public class StatusLine {

  private final PageFrames pageFrames;
  private final FragmentRenderer fragmentRenderer;

  StatusLine(PageFrames pageFrames, FragmentRenderer fragmentRenderer) {
    this.pageFrames = pageFrames;
    this.fragmentRenderer = fragmentRenderer;
  }

  /** Returns the HTML of the status line, marked to replace the element on the page. */
  public String patch(World world, Caller principal, PageText pageText) {
    var html =
        fragmentRenderer.render(
            "console/layout",
            "status",
            pageText,
            Map.of("frame", pageFrames.line(world, principal, pageText)));
    return html.replaceFirst("id=\"status\"", "id=\"status\" hx-swap-oob=\"true\"");
  }
}
