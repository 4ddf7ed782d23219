package org.actsandbox.web.console.frame;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;

/** Knows what waits for a principal of a world; there may be several who do. */
@FunctionalInterface
public interface NoticeSource {

  /** One per kind that waits; nothing waits, nothing is there. */
  List<PageFrame.PageNotice> noticesFor(World world, Caller you);
}
