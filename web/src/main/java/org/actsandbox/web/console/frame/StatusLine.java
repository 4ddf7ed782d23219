package org.actsandbox.web.console.frame;

import java.util.Map;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.words.Words;
import org.springframework.stereotype.Component;

/** The world, its clock and what waits, as a live page patches it. */
@Component
public class StatusLine {

  private final Frames frames;
  private final Fragments fragments;

  StatusLine(Frames frames, Fragments fragments) {
    this.frames = frames;
    this.fragments = fragments;
  }

  /** The element, marked to replace the one on the page. */
  public String patch(World world, Caller you, Words words) {
    var html =
        fragments.render(
            "console/layout", "status", words, Map.of("frame", frames.line(world, you, words)));
    return html.replaceFirst("id=\"status\"", "id=\"status\" hx-swap-oob=\"true\"");
  }
}
