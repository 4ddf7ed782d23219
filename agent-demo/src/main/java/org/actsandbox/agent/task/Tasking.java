package org.actsandbox.agent.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.agent.AgentTiming;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Events;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.delegation.DelegationService;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's tasks: heard in a conversation, worked on by the world's clock. Every move is stored
 * before the next begins, so that a stop of the process loses nothing and buys nothing twice.
 */
public final class Tasking implements DueWork {

  private static final Logger LOG = LoggerFactory.getLogger(Tasking.class);

  private static final int BATCH = 50;
  private static final int ATTEMPTS = 5;

  private final AgentWorld world;
  private final Tasks tasks;
  private final TaskRequests requests;
  private final Working working;

  /** Being worked on by this process. */
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  public Tasking(
      AgentWorld world,
      AgentTiming timing,
      Calls calls,
      AgentCards cards,
      DelegationService service,
      Events events) {
    this.world = world;
    this.tasks = new Tasks(world);
    var teller = new TaskTeller(world, events);
    this.requests = new TaskRequests(world, calls, timing.call(), service, tasks, teller);
    var purse = new Purse(world, calls, timing.call());
    var check = new OwnCheck(world, service, purse, teller);
    var methods = new MethodAgreement(world, calls, cards, timing.call());
    var services = new Services(world, calls, methods, timing.call());
    var performing = new Performing(world, services, purse, check, teller);
    this.working =
        new Working(world, tasks, service, new Working.Desk(purse, check, performing), teller);
  }

  /** What came of hearing a sentence. */
  public enum Heard {
    REQUESTED,
    /** Something is to be answered first. */
    QUESTION,
    /** Nobody sells what it takes. */
    NOBODY
  }

  /** Whether a sentence begins a task, or answers what is open about one. */
  public boolean concerns(String conversation, String sentence) {
    return BriefReader.isTask(sentence)
        || (BriefReader.namesAmount(sentence)
            && tasks
                .open(conversation)
                .filter(task -> task.state() == TaskState.ASKED && task.brief().most() == null)
                .isPresent());
  }

  /**
   * Hears it and asks for authority.
   *
   * @throws org.actsandbox.agent.wire.Refused when the service refuses the draft
   * @throws org.actsandbox.protocol.http.Unanswered when it is silent
   */
  public Heard hear(String conversation, String sentence, Narrator narrator) {
    var before =
        tasks.open(conversation).filter(task -> task.state() == TaskState.ASKED).orElse(null);
    return requests.hear(conversation, sentence, before, narrator);
  }

  /** The delegation service tells that an intent was decided: its task is looked at now. */
  public void decided(String intentId) {
    tasks.ofIntent(intentId).ifPresent(task -> tasks.wake(task.taskId(), world.now()));
  }

  /** It tells that a delegation stands differently. */
  public void changed(String delegationId) {
    tasks.ofDelegation(delegationId).ifPresent(task -> tasks.wake(task.taskId(), world.now()));
  }

  /** The principal says that it may go on: what it waits for is looked at now. */
  public boolean goOn(String conversation) {
    var open = tasks.open(conversation);
    open.ifPresent(task -> tasks.wake(task.taskId(), world.now()));
    return open.isPresent();
  }

  /** Likewise; false when there is no such task. */
  public boolean wake(String taskId) {
    var found = tasks.find(taskId);
    found.ifPresent(task -> tasks.wake(taskId, world.now()));
    return found.isPresent();
  }

  /** The principal wants it no more: what was not bought is not bought any more. */
  public boolean stop(String conversation) {
    for (int attempt = 1; ; attempt++) {
      var open = tasks.open(conversation);
      try {
        open.ifPresent(working::stop);
        return open.isPresent();
      } catch (Overtaken moved) {
        if (attempt == ATTEMPTS) {
          throw new Refusal(Problem.UNAVAILABLE, "the task is being worked on")
              .remedy("Say it again.");
        }
      }
    }
  }

  public Optional<TaskView> find(String taskId) {
    return tasks.find(taskId).map(TaskView::of);
  }

  /** The rendered report of a task, as HTML. */
  public Optional<String> document(String taskId) {
    return tasks
        .find(taskId)
        .flatMap(TaskView::document)
        .map(document -> document.path("content").asString(""));
  }

  /** Newest first. */
  public List<TaskView> newest(Instant before, String beforeId, int limit) {
    return tasks.newest(before, beforeId, limit).stream().map(TaskView::of).toList();
  }

  @Override
  public Optional<Instant> nextDue() {
    return waiting(1).stream().map(Waiting::at).findFirst();
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return tasks.waiting(limit);
  }

  @Override
  public void fireDue(Instant now) {
    for (var task : tasks.due(now, BATCH)) {
      if (busy.add(task.taskId())) {
        try {
          work(task);
        } finally {
          busy.remove(task.taskId());
        }
      }
    }
  }

  /** Sellers may be slow, and a running clock serves others too. */
  @Override
  public void startDue(Instant now) {
    for (var task : tasks.due(now, BATCH)) {
      if (!closed && busy.add(task.taskId())) {
        Thread.ofVirtual()
            .name("agent-task-" + task.taskId())
            .start(
                () -> {
                  try {
                    work(
                        tasks.save(
                            task.progress(task.progress().due(world.now().plus(Working.LEASE)))));
                  } catch (RuntimeException broken) {
                    // Its row is due again when the lease is over.
                    LOG.error("task {} failed", task.taskId(), broken);
                  } finally {
                    busy.remove(task.taskId());
                  }
                });
      }
    }
  }

  private void work(Task task) {
    try {
      working.on(task, () -> closed);
    } catch (Overtaken moved) {
      LOG.info("{}", moved.getMessage());
    }
  }

  public void close() {
    closed = true;
  }
}
