package org.actsandbox.web.console.delegations;

import java.util.List;
import org.actsandbox.agent.watch.WatchState;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.NoticeSource;
import org.actsandbox.web.console.frame.PageFrame;
import org.actsandbox.web.console.port.ErrandReader;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Notices the watches that the agent paused at a boundary to ask the principal (ACT CID-7). It
 * looks only at the newest watches.
 */
@Component
@Order(3)
class PausedWatchNotices implements NoticeSource {

  private static final int MOST_WATCHES = 50;

  private final ErrandReader errandReader;

  PausedWatchNotices(ErrandReader errandReader) {
    this.errandReader = errandReader;
  }

  @Override
  public List<PageFrame.PageNotice> noticesFor(World world, Caller principal) {
    var paused =
        errandReader.watches(world, principal, MOST_WATCHES).stream()
            .filter(watch -> watch.state() == WatchState.PAUSED)
            .toList();
    return paused.isEmpty()
        ? List.of()
        : List.of(
            new PageFrame.PageNotice(
                "paused",
                paused.size(),
                "/console/" + world.name() + "/try/" + paused.getLast().conversationId()));
  }
}
