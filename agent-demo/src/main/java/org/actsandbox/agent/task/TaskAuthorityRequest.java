package org.actsandbox.agent.task;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.errand.ErrandAuthority;
import org.actsandbox.agent.errand.ErrandStore;
import org.actsandbox.agent.task.TaskBrief.Topic;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.delegation.ConversationHistory;
import org.actsandbox.protocol.delegation.ConversationHistory.InputMode;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.Extension;
import org.actsandbox.protocol.delegation.Extension.AgentBehavior;
import org.actsandbox.protocol.delegation.Extension.Commerce;
import org.actsandbox.protocol.delegation.Extension.OnPaymentFailure;
import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.delegation.Isr;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns a sentence into a draft of the authority for a task (ACT ADD-1, ADD-2): it sends the draft,
 * asks what is open, and says what the task will cost.
 */
final class TaskAuthorityRequest {

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final Duration timeout;
  private final DelegationServiceClient delegationServiceClient;
  private final ErrandStore<Task> tasks;
  private final ErrandAuthority<Task> errandAuthority;

  TaskAuthorityRequest(
      AgentWorld world,
      AgentHttpClient agentHttpClient,
      Duration timeout,
      DelegationServiceClient delegationServiceClient,
      ErrandStore<Task> tasks,
      ErrandAuthority<Task> errandAuthority) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.timeout = timeout;
    this.delegationServiceClient = delegationServiceClient;
    this.tasks = tasks;
    this.errandAuthority = errandAuthority;
  }

  /**
   * Handles a sentence about a task.
   *
   * @param before the task of this conversation that is not confirmed yet; the sentence answers its
   *     open question
   * @throws org.actsandbox.agent.wire.ParticipantRefusal when the service refuses the draft
   * @throws org.actsandbox.protocol.http.NoAnswerException when it does not answer
   */
  TaskService.SentenceOutcome handleSentence(
      String conversation,
      String text,
      @Nullable Task before,
      ConversationNarrator conversationNarrator) {
    var sentence =
        before == null || TaskBriefReader.isTask(text) ? text : before.sentence() + "; " + text;
    var sellerCatalogs = SellerCatalogs.fetch(world, agentHttpClient, timeout);
    if (sellerCatalogs.topics().isEmpty()) {
      return answerNoSeller(conversationNarrator);
    }
    var taskBrief =
        TaskBriefReader.read(sentence, sellerCatalogs.topics(), conversationNarrator.lang());
    if (taskBrief.topics().isEmpty()) {
      return askForTopic(
          conversationNarrator, names(sellerCatalogs.topics(), conversationNarrator.lang()));
    }
    var intentId = before == null ? world.ids().next("I") : before.authority().intentId();
    var now = world.now();
    var intent =
        delegationServiceClient.sendDraft(isr(conversation, intentId, sentence, taskBrief));
    var draft =
        new Task(
            before == null ? world.ids().next("K") : before.taskId(),
            conversation,
            conversationNarrator.lang(),
            sentence,
            taskBrief,
            TaskState.ASKED,
            new Task.Authority(intentId, intent.path("confirmation_url").asString(""), null, null),
            sellerCatalogs.plan(taskBrief),
            List.of(),
            List.of(),
            Task.Progress.NONE.due(now.plus(ErrandAuthority.NEXT_QUESTION)),
            before == null ? now : before.createdAt(),
            now.plus(taskBrief.time()),
            0);
    var task =
        before == null
            ? tasks.add(draft)
            : tasks.update(before, current -> current.withRequest(draft));
    return publishRequest(task, intent, conversationNarrator);
  }

  private static TaskService.SentenceOutcome answerNoSeller(
      ConversationNarrator conversationNarrator) {
    var why = conversationNarrator.phrase("task.no_data");
    conversationNarrator.publish(
        ConversationEventType.NOTHING_SUITABLE,
        Map.of("why", why, "what_would_do", conversationNarrator.phrase("task.no_data.do")));
    conversationNarrator.message("assistant", why);
    return TaskService.SentenceOutcome.NO_SELLER;
  }

  private static TaskService.SentenceOutcome askForTopic(
      ConversationNarrator conversationNarrator, String known) {
    var words = conversationNarrator.phrase("task.which", known);
    conversationNarrator.publish(
        ConversationEventType.QUESTION, Map.of("question", words, "missing", List.of("topics")));
    conversationNarrator.message("assistant", words);
    return TaskService.SentenceOutcome.QUESTION;
  }

  private static String names(List<Topic> topics, String lang) {
    return topics.stream().map(topic -> topic.name().in(lang)).collect(Collectors.joining(", "));
  }

  private TaskService.SentenceOutcome publishRequest(
      Task task, JsonNode intent, ConversationNarrator conversationNarrator) {
    var unread = TaskBriefReader.unread(task.sentence(), task.brief().topics());
    var questions =
        errandAuthority
            .tellRequest(task, intent, unread, conversationNarrator)
            .path("open_questions");
    if (!questions.isEmpty()) {
      var words = questions.valueStream().map(JsonNode::asString).collect(Collectors.joining(" "));
      conversationNarrator.publish(
          ConversationEventType.QUESTION, Map.of("question", words, "missing", missing(intent)));
      conversationNarrator.message("assistant", words);
      return TaskService.SentenceOutcome.QUESTION;
    }
    if (!unread.isEmpty()) {
      conversationNarrator.message(
          "assistant",
          conversationNarrator.phrase(
              "untold",
              String.join(conversationNarrator.lang().equals("zh") ? "、" : ", ", unread)));
    }
    conversationNarrator.message(
        "assistant",
        conversationNarrator.phrase(
            "task.plan",
            names(task.brief().topics(), conversationNarrator.lang()),
            task.steps().size(),
            estimate(task).decimal(),
            Money.yuan(String.valueOf(task.brief().most())).decimal()));
    return TaskService.SentenceOutcome.REQUESTED;
  }

  private static List<String> missing(JsonNode intent) {
    return intent
        .path("open_questions")
        .valueStream()
        .map(open -> open.path("field").asString(""))
        .toList();
  }

  /** Returns the cost of the plan at the announced prices. */
  static Money estimate(Task task) {
    return task.steps().stream()
        .filter(TaskStep::hasSeller)
        .map(taskStep -> Money.of(taskStep.seller().price(), "CNY"))
        .reduce(Money.zero(Money.CNY), Money::plus);
  }

  private Isr isr(String conversation, String intentId, String sentence, TaskBrief taskBrief) {
    var now = world.now();
    return new Isr(
        new ConversationHistory(
            Json.tree(sentence), null, List.of(InputMode.TEXT.name()), conversation),
        intentId,
        DelegationMode.BOUNDED,
        now,
        now.plus(taskBrief.time()),
        decimal(taskBrief.most()),
        Money.CNY.getCurrencyCode(),
        List.of(SubAccountClient.METHOD),
        world.agent().value(),
        null,
        null,
        new Extension(
            new Commerce(decimal(taskBrief.single()), null, List.of("service"), null, null, null),
            new AgentBehavior(
                null, PriceDeviationAction.PAUSE_AND_NOTIFY, OnPaymentFailure.AUTO_RETRY, 2),
            null,
            null));
  }

  private static @Nullable BigDecimal decimal(@Nullable String amount) {
    return amount == null ? null : new BigDecimal(amount);
  }
}
