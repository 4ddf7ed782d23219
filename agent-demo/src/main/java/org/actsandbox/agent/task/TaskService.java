package org.actsandbox.agent.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is the entry point to the agent's tasks: it takes sentences and decisions about them and works on
 * the tasks that the world's clock makes due. Every move is stored before the next begins, so that
 * a stop of the process loses nothing and buys nothing twice.
 */
public final class TaskService implements DueWork {

  private static final Logger LOG = LoggerFactory.getLogger(TaskService.class);

  private static final int BATCH = 50;
  private static final int ATTEMPTS = 5;

  private final AgentWorld world;
  private final Tasks tasks;
  private final TaskAuthorityRequest taskAuthorityRequest;
  private final TaskRunner taskRunner;

  /** The tasks that this process works on now. */
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  public TaskService(
      AgentWorld world,
      AgentTimeouts timing,
      AgentHttpClient agentHttpClient,
      AgentCards cards,
      DelegationServiceClient delegationServiceClient,
      ConversationEvents conversationEvents) {
    this.world = world;
    this.tasks = new Tasks(world);
    var taskNarrator = new TaskNarrator(world, conversationEvents);
    this.taskAuthorityRequest =
        new TaskAuthorityRequest(
            world, agentHttpClient, timing.call(), delegationServiceClient, tasks, taskNarrator);
    var subAccountClient = new SubAccountClient(world, agentHttpClient, timing.call());
    var serviceSelfCheck =
        new ServiceSelfCheck(world, delegationServiceClient, subAccountClient, taskNarrator);
    var methodAgreement = new MethodAgreement(world, agentHttpClient, cards, timing.call());
    var sellerAgentClient =
        new SellerAgentClient(world, agentHttpClient, methodAgreement, timing.call());
    var servicePurchase =
        new ServicePurchase(
            world, sellerAgentClient, subAccountClient, serviceSelfCheck, taskNarrator);
    this.taskRunner =
        new TaskRunner(
            world,
            tasks,
            delegationServiceClient,
            new TaskRunner.Collaborators(subAccountClient, serviceSelfCheck, servicePurchase),
            taskNarrator);
  }

  /** Says what a sentence did to a task. */
  public enum SentenceOutcome {
    REQUESTED,
    /** The principal has to answer a question first. */
    QUESTION,
    /** No seller offers what the task needs. */
    NO_SELLER
  }

  /** Returns whether a sentence begins a task, or answers an open question about one. */
  public boolean concernsTask(String conversation, String sentence) {
    return TaskBriefReader.isTask(sentence)
        || (TaskBriefReader.namesAmount(sentence)
            && tasks
                .findOpen(conversation)
                .filter(task -> task.state() == TaskState.ASKED && task.brief().most() == null)
                .isPresent());
  }

  /**
   * Handles a sentence and asks for the authority.
   *
   * @throws org.actsandbox.agent.wire.ParticipantRefusal when the service refuses the draft
   * @throws org.actsandbox.protocol.http.NoAnswerException when it does not answer
   */
  public TaskService.SentenceOutcome handleSentence(
      String conversation, String sentence, ConversationNarrator conversationNarrator) {
    var before =
        tasks.findOpen(conversation).filter(task -> task.state() == TaskState.ASKED).orElse(null);
    return taskAuthorityRequest.handleSentence(
        conversation, sentence, before, conversationNarrator);
  }

  /** Makes the task due now, because the delegation service tells that its intent was decided. */
  public void intentDecided(String intentId) {
    tasks.findByIntent(intentId).ifPresent(task -> tasks.wake(task.taskId(), world.now()));
  }

  /** Makes the task due now, because the delegation service tells that its delegation changed. */
  public void delegationChanged(String delegationId) {
    tasks.findByDelegation(delegationId).ifPresent(task -> tasks.wake(task.taskId(), world.now()));
  }

  /**
   * Makes the open task of the conversation due now, because the principal says that it may
   * continue.
   *
   * @return whether there is such a task
   */
  public boolean resume(String conversation) {
    var open = tasks.findOpen(conversation);
    open.ifPresent(task -> tasks.wake(task.taskId(), world.now()));
    return open.isPresent();
  }

  /** Makes a task due now; returns false when there is no such task. */
  public boolean wake(String taskId) {
    var found = tasks.find(taskId);
    found.ifPresent(task -> tasks.wake(taskId, world.now()));
    return found.isPresent();
  }

  /**
   * Stops the open task of the conversation at the principal's wish: it buys nothing more.
   *
   * @return whether there was such a task
   */
  public boolean cancel(String conversation) {
    for (int attempt = 1; ; attempt++) {
      var open = tasks.findOpen(conversation);
      try {
        open.ifPresent(taskRunner::stop);
        return open.isPresent();
      } catch (StaleTaskException moved) {
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

  /** Returns the report of a task, rendered as HTML. */
  public Optional<String> document(String taskId) {
    return tasks
        .find(taskId)
        .flatMap(TaskView::document)
        .map(document -> document.path("content").asString(""));
  }

  /** Returns the tasks before a position in the list, newest first. */
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

  /**
   * Starts each due task on a thread of its own, because sellers may be slow and a running clock
   * serves others too.
   */
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
                            task.withProgress(
                                task.progress().due(world.now().plus(TaskRunner.LEASE)))));
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
      taskRunner.run(task, () -> closed);
    } catch (StaleTaskException moved) {
      LOG.info("{}", moved.getMessage());
    }
  }

  public void close() {
    closed = true;
  }
}
