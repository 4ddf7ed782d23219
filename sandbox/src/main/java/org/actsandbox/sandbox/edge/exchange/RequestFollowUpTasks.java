package org.actsandbox.sandbox.edge.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the work that one request starts and runs it once the answer is in the journal. */
public final class RequestFollowUpTasks implements FollowUpTasks {

  private static final Logger log = LoggerFactory.getLogger(RequestFollowUpTasks.class);

  private final ReentrantLock lock = new ReentrantLock();

  /** Null once the answer is written; later work then runs at once. */
  private @Nullable List<Runnable> waiting = new ArrayList<>(1);

  @Override
  public void run(Runnable work) {
    if (!added(work)) {
      start(work);
    }
  }

  /** Runs the collected work: the answer is in the journal, or there will be none. */
  public void answerWritten() {
    taken().forEach(RequestFollowUpTasks::start);
  }

  private boolean added(Runnable work) {
    lock.lock();
    try {
      return waiting != null && waiting.add(work);
    } finally {
      lock.unlock();
    }
  }

  private List<Runnable> taken() {
    lock.lock();
    try {
      var all = waiting == null ? List.<Runnable>of() : waiting;
      waiting = null;
      return all;
    } finally {
      lock.unlock();
    }
  }

  private static void start(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failed) {
      // The work cannot fail the request: the answer that says it was done is on its way.
      log.error("what a request set going did not start", failed);
    }
  }
}
