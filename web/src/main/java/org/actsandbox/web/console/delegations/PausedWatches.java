package org.actsandbox.web.console.delegations;

import java.time.Instant;
import java.util.List;
import org.actsandbox.agent.BuyerAgents;
import org.actsandbox.agent.watch.WatchState;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.Frame;
import org.actsandbox.web.console.frame.WaitingThings;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What the agent stopped at a boundary to ask about (ACT CID-7), among its newest watches. */
@Component
@Order(3)
class PausedWatches implements WaitingThings {

  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final int LOOKED_AT = 50;

  @Override
  public List<Frame.Waiting> in(World world, Caller you) {
    var paused =
        world
            .part(BuyerAgents.class)
            .of(you)
            .watching()
            .newest(END_OF_TIME, "~", LOOKED_AT)
            .stream()
            .filter(watch -> watch.state() == WatchState.PAUSED)
            .toList();
    return paused.isEmpty()
        ? List.of()
        : List.of(
            new Frame.Waiting(
                "paused",
                paused.size(),
                "/console/" + world.name() + "/try/" + paused.getLast().conversationId()));
  }
}
