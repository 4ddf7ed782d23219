package org.actsandbox.web.console.delegations;

import java.time.Instant;
import java.util.List;
import org.actsandbox.agent.api.BuyerAgents;
import org.actsandbox.agent.watch.WatchState;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.NoticeSource;
import org.actsandbox.web.console.frame.PageFrame;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What the agent stopped at a boundary to ask about (ACT CID-7), among its newest watches. */
@Component
@Order(3)
class PausedWatchNotices implements NoticeSource {

  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final int LOOKED_AT = 50;

  @Override
  public List<PageFrame.PageNotice> noticesFor(World world, Caller you) {
    var paused =
        world
            .participant(BuyerAgents.class)
            .forCaller(you)
            .watchService()
            .newest(END_OF_TIME, "~", LOOKED_AT)
            .stream()
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
