package org.actsandbox.web.console.frame;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;

/** Provides the notices of one kind for the frame of every page. Several beans may implement it. */
@FunctionalInterface
public interface NoticeSource {

  /** Returns the notices that the principal of a world sees; empty when nothing waits. */
  List<PageFrame.PageNotice> noticesFor(World world, Caller principal);
}
