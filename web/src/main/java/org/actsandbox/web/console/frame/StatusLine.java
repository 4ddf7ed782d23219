package org.actsandbox.web.console.frame;

import java.util.Map;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.words.PageText;
import org.springframework.stereotype.Component;

/** The world, its clock and what waits, as a live page patches it. */
@Component
public class StatusLine {

  private final PageFrames pageFrames;
  private final FragmentRenderer fragmentRenderer;

  StatusLine(PageFrames pageFrames, FragmentRenderer fragmentRenderer) {
    this.pageFrames = pageFrames;
    this.fragmentRenderer = fragmentRenderer;
  }

  /** The element, marked to replace the one on the page. */
  public String patch(World world, Caller you, PageText pageText) {
    var html =
        fragmentRenderer.render(
            "console/layout",
            "status",
            pageText,
            Map.of("frame", pageFrames.line(world, you, pageText)));
    return html.replaceFirst("id=\"status\"", "id=\"status\" hx-swap-oob=\"true\"");
  }
}
