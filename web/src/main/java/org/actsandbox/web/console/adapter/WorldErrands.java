package org.actsandbox.web.console.adapter;

import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.api.BuyerAgents;
import org.actsandbox.agent.task.TaskView;
import org.actsandbox.agent.watch.WatchView;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.ErrandReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads errands from the demo agent of the world. */
@Component
class WorldErrands implements ErrandReader {

  @Override
  public Page<TaskView> tasks(World world, Caller principal, @Nullable String cursor, int limit) {
    return agents(world).forCaller(principal).taskService().page(cursor, limit);
  }

  @Override
  public Optional<String> report(World world, Caller principal, String taskId) {
    return agents(world).forCaller(principal).taskService().document(taskId);
  }

  @Override
  public List<WatchView> watches(World world, Caller principal, int limit) {
    return agents(world).forCaller(principal).watchService().page(null, limit).items();
  }

  private static BuyerAgents agents(World world) {
    return world.participant(BuyerAgents.class);
  }
}
