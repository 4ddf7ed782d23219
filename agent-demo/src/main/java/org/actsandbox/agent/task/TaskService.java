package org.actsandbox.agent.task;

import java.util.Optional;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.delegation.AuthorityCheck;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.errand.ErrandService;
import org.actsandbox.agent.errand.ErrandStore;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.MethodAgreement;
import org.actsandbox.agent.seller.BuyerCredentials;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.CallRetries;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/**
 * Is the entry point to the agent's tasks: it takes sentences and decisions about them and works on
 * the tasks that the world's clock makes due.
 */
public final class TaskService extends ErrandService<Task> {

  private final TaskAuthorityRequest taskAuthorityRequest;
  private final TaskRunner taskRunner;

  public TaskService(
      AgentWorld world,
      AgentTimeouts timing,
      AgentHttpClient agentHttpClient,
      AgentCards cards,
      DelegationServiceClient delegationServiceClient,
      ConversationEvents conversationEvents) {
    var taskNarrator = new TaskNarrator(world, conversationEvents);
    super(world, delegationServiceClient, new ErrandStore<>(world, Task.KIND), taskNarrator);
    this.taskAuthorityRequest =
        new TaskAuthorityRequest(
            world,
            agentHttpClient,
            timing.call(),
            delegationServiceClient,
            errands,
            errandAuthority);
    var subAccountClient = new SubAccountClient(world, agentHttpClient, timing.call());
    var serviceSelfCheck =
        new ServiceSelfCheck(
            world,
            new AuthorityCheck(world, delegationServiceClient),
            subAccountClient,
            taskNarrator);
    var methodAgreement = new MethodAgreement(world, agentHttpClient, cards, timing.call());
    var paidResourceClient =
        new PaidResourceClient(
            world, agentHttpClient, methodAgreement, timing.call(), CallRetries.NONE);
    var paymentClient = new PaymentClient(world, timing, agentHttpClient, CallRetries.NONE);
    var servicePurchase =
        new ServicePurchase(
            world,
            new BuyerCredentials(world, agentHttpClient, timing.call()),
            paidResourceClient,
            paymentClient,
            subAccountClient,
            serviceSelfCheck,
            taskNarrator);
    this.taskRunner =
        new TaskRunner(
            world,
            errands,
            errandAuthority,
            new TaskRunner.Collaborators(subAccountClient, serviceSelfCheck, servicePurchase),
            taskNarrator);
  }

  @Override
  protected void work(Task task) {
    taskRunner.run(task, this::isClosed);
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
            && findOpen(conversation)
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
        findOpen(conversation).filter(task -> task.state() == TaskState.ASKED).orElse(null);
    return taskAuthorityRequest.handleSentence(
        conversation, sentence, before, conversationNarrator);
  }

  /** Finds the task of a conversation that is not over; of several the latest. */
  private Optional<Task> findOpen(String conversation) {
    return errands.findOpen(conversation).reversed().stream().findFirst();
  }

  /**
   * Makes the open task of the conversation due now, because the principal says that it may
   * continue.
   *
   * @return whether there is such a task
   */
  public boolean resume(String conversation) {
    var open = findOpen(conversation);
    open.ifPresent(this::wake);
    return open.isPresent();
  }

  /**
   * Stops the open task of the conversation at the principal's wish: it buys nothing more.
   *
   * @return whether there was such a task
   */
  public boolean cancel(String conversation) {
    var open = findOpen(conversation);
    open.ifPresent(task -> change(task, taskRunner::stop));
    return open.isPresent();
  }

  public Optional<TaskView> find(String taskId) {
    return errands.find(taskId).map(TaskView::of);
  }

  /** Returns the report of a task, rendered as HTML. */
  public Optional<String> document(String taskId) {
    return errands
        .find(taskId)
        .flatMap(TaskView::document)
        .map(document -> document.path("content").asString(""));
  }

  /**
   * Returns a page of the tasks, newest first.
   *
   * @param cursor the {@code next} of the page before; null for the first page
   */
  public Page<TaskView> page(@Nullable String cursor, int size) {
    return page(cursor, size, TaskView::of);
  }
}
