package org.actsandbox.web.console.port;

import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.task.TaskView;
import org.actsandbox.agent.watch.WatchView;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/** Reads the tasks and watches that the demo agent has for a principal. */
public interface ErrandReader {

  Page<TaskView> tasks(World world, Caller principal, @Nullable String cursor, int limit);

  /** Returns the report of a task, HTML that its seller rendered; empty if there is none. */
  Optional<String> report(World world, Caller principal, String taskId);

  /** Returns the newest watches. */
  List<WatchView> watches(World world, Caller principal, int limit);
}
