package org.actsandbox.agent.task;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.delegation.DelegationService;
import org.actsandbox.agent.task.Brief.Topic;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.protocol.delegation.ConversationHistory;
import org.actsandbox.protocol.delegation.ConversationHistory.InputMode;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.Extension;
import org.actsandbox.protocol.delegation.Extension.AgentBehavior;
import org.actsandbox.protocol.delegation.Extension.Commerce;
import org.actsandbox.protocol.delegation.Extension.OnPaymentFailure;
import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.delegation.Isr;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Turns a sentence into a draft of authority (ACT ADD-1, ADD-2): sends it, asks what is open, tells
 * what it would permit and where to confirm it.
 */
final class TaskRequests {

  /** Ours: the decision is told by the service; this is for a telling that was lost. */
  private static final Duration NEXT_QUESTION = Duration.ofMinutes(10);

  private final AgentWorld world;
  private final Calls calls;
  private final Duration timeout;
  private final DelegationService service;
  private final Tasks tasks;
  private final TaskTeller teller;

  TaskRequests(
      AgentWorld world,
      Calls calls,
      Duration timeout,
      DelegationService service,
      Tasks tasks,
      TaskTeller teller) {
    this.world = world;
    this.calls = calls;
    this.timeout = timeout;
    this.service = service;
    this.tasks = tasks;
    this.teller = teller;
  }

  /**
   * @param before the task of this conversation that is still to be confirmed; the sentence answers
   *     what was open
   * @throws org.actsandbox.agent.wire.Refused when the service refuses the draft
   * @throws org.actsandbox.protocol.http.Unanswered when it is silent
   */
  Tasking.Heard hear(String conversation, String text, @Nullable Task before, Narrator narrator) {
    var sentence =
        before == null || BriefReader.isTask(text) ? text : before.sentence() + "; " + text;
    var bazaar = Bazaar.look(world, calls, timeout);
    if (bazaar.topics().isEmpty()) {
      return nobody(narrator);
    }
    var brief = BriefReader.read(sentence, bazaar.topics(), narrator.lang());
    if (brief.topics().isEmpty()) {
      return question(narrator, names(bazaar.topics(), narrator.lang()));
    }
    var intentId = before == null ? world.ids().next("I") : before.authority().intentId();
    var now = world.now();
    var intent = service.propose(isr(conversation, intentId, sentence, brief));
    var draft =
        new Task(
            before == null ? world.ids().next("K") : before.taskId(),
            conversation,
            narrator.lang(),
            sentence,
            brief,
            TaskState.ASKED,
            new Task.Authority(intentId, intent.path("confirmation_url").asString(""), null, null),
            bazaar.plan(brief),
            List.of(),
            List.of(),
            Task.Progress.NONE.due(now.plus(NEXT_QUESTION)),
            before == null ? now : before.createdAt(),
            now.plus(brief.time()),
            before == null ? 0 : before.version());
    var task = before == null ? tasks.add(draft) : tasks.save(draft);
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.ADD_INT_ICS,
        "authority-asked",
        Map.of("task_id", task.taskId(), "status", intent.path("status").asString("")));
    return told(task, intent, narrator);
  }

  private static Tasking.Heard nobody(Narrator narrator) {
    var why = narrator.say("task.no_data");
    narrator.tell(
        "nothing_suitable", Map.of("why", why, "what_would_do", narrator.say("task.no_data.do")));
    narrator.message("assistant", why);
    return Tasking.Heard.NOBODY;
  }

  private static Tasking.Heard question(Narrator narrator, String known) {
    var words = narrator.say("task.which", known);
    narrator.tell("question", Map.of("question", words, "missing", List.of("topics")));
    narrator.message("assistant", words);
    return Tasking.Heard.QUESTION;
  }

  private static String names(List<Topic> topics, String lang) {
    return topics.stream().map(topic -> topic.name().in(lang)).collect(Collectors.joining(", "));
  }

  private Tasking.Heard told(Task task, JsonNode intent, Narrator narrator) {
    var event = Json.object();
    event.put("intent_id", task.authority().intentId());
    event.put("task_id", task.taskId());
    event.put("status", intent.path("status").asString(""));
    event.put("confirm_url", task.authority().confirmUrl());
    event.set("expires_at", intent.path("expires_at"));
    var lost = BriefReader.unread(task.sentence(), task.brief().topics());
    var unread = event.putArray("unread");
    lost.forEach(unread::add);
    var summary = event.putArray("summary");
    intent.path("summary").forEach(line -> summary.add(text(line.path("text"), narrator)));
    var questions = event.putArray("open_questions");
    intent
        .path("open_questions")
        .forEach(open -> questions.add(text(open.path("question"), narrator)));
    narrator.tell("delegation_request", event);
    if (!questions.isEmpty()) {
      var words = questions.valueStream().map(JsonNode::asString).collect(Collectors.joining(" "));
      narrator.tell("question", Map.of("question", words, "missing", missing(intent)));
      narrator.message("assistant", words);
      return Tasking.Heard.QUESTION;
    }
    if (!lost.isEmpty()) {
      narrator.message(
          "assistant",
          narrator.say("untold", String.join(narrator.lang().equals("zh") ? "、" : ", ", lost)));
    }
    narrator.message(
        "assistant",
        narrator.say(
            "task.plan",
            names(task.brief().topics(), narrator.lang()),
            task.steps().size(),
            estimate(task).decimal(),
            String.valueOf(task.brief().most())));
    return Tasking.Heard.REQUESTED;
  }

  private static List<String> missing(JsonNode intent) {
    return intent
        .path("open_questions")
        .valueStream()
        .map(open -> open.path("field").asString(""))
        .toList();
  }

  /** What the plan costs as announced. */
  static Money estimate(Task task) {
    return task.steps().stream()
        .filter(Step::hasSeller)
        .map(step -> Money.of(step.seller().price(), "CNY"))
        .reduce(Money.zero(Money.CNY), Money::plus);
  }

  private static String text(JsonNode text, Narrator narrator) {
    return text.path(narrator.lang().startsWith("zh") ? "zh" : "en").asString("");
  }

  private Isr isr(String conversation, String intentId, String sentence, Brief brief) {
    var now = world.now();
    return new Isr(
        new ConversationHistory(
            Json.tree(sentence), null, List.of(InputMode.TEXT.name()), conversation),
        intentId,
        DelegationMode.BOUNDED,
        now,
        now.plus(brief.time()),
        decimal(brief.most()),
        Money.CNY.getCurrencyCode(),
        List.of(Purse.METHOD),
        world.agent().value(),
        null,
        null,
        new Extension(
            new Commerce(decimal(brief.single()), null, List.of("service"), null, null, null),
            new AgentBehavior(
                null, PriceDeviationAction.PAUSE_AND_NOTIFY, OnPaymentFailure.AUTO_RETRY, 2),
            null,
            null));
  }

  private static @Nullable BigDecimal decimal(@Nullable String amount) {
    return amount == null ? null : new BigDecimal(amount);
  }
}
