package org.actsandbox.agent.task;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.errand.Errand;
import org.actsandbox.agent.errand.ErrandKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task under a BOUNDED authority. The record holds everything that is stored about it.
 *
 * @param until the end of the authority
 * @param version the version of the stored row that this was read from
 */
record Task(
    String taskId,
    String conversationId,
    @JsonProperty("language") @JsonAlias("lang") String lang,
    String sentence,
    TaskBrief brief,
    TaskState state,
    Authority authority,
    List<TaskStep> steps,
    List<TaskView.Item> bought,
    List<TaskView.Refusal> refused,
    Progress progress,
    Instant createdAt,
    Instant until,
    long version)
    implements Errand<Task> {

  static final ErrandKind<Task> KIND =
      ErrandKind.of(ConversationEventType.TASK, "agent_tasks", Task.class);

  /**
   * @param subAccount the account that pays; it has the agent's dedicated key
   */
  record Authority(
      String intentId,
      String confirmUrl,
      @Nullable DelegatedAuthority delegated,
      @Nullable String subAccount) {}

  /**
   * @param code the reason why the task does not proceed as planned
   */
  record Progress(
      @Nullable Instant dueAt,
      int looks,
      boolean warnedMoney,
      boolean warnedTime,
      @Nullable String code,
      @Nullable Text why) {

    static final Progress NONE = new Progress(null, 0, false, false, null, null);

    Progress due(@Nullable Instant at) {
      return new Progress(at, looks, warnedMoney, warnedTime, code, why);
    }

    Progress withLook(Instant next) {
      return new Progress(next, looks + 1, warnedMoney, warnedTime, code, why);
    }

    Progress withReason(@Nullable String reason, @Nullable Text words) {
      return new Progress(dueAt, 0, warnedMoney, warnedTime, reason, words);
    }

    Progress withWarning(boolean money, boolean time) {
      return new Progress(dueAt, looks, warnedMoney || money, warnedTime || time, code, why);
    }
  }

  Task {
    steps = List.copyOf(steps);
    bought = List.copyOf(bought);
    refused = List.copyOf(refused);
  }

  /** Returns whether a payment was ever signed, even if its outcome is unknown. */
  boolean mayHavePaid() {
    return !bought.isEmpty()
        || steps.stream().anyMatch(taskStep -> taskStep.papers().payment() != null);
  }

  Task move(TaskState next, Progress now) {
    if (state != next && !state.successors().contains(next)) {
      throw new IllegalStateException(
          "task %s is %s, not to become %s".formatted(taskId, state, next));
    }
    return with(next, authority, steps, bought, refused, next.isFinal() ? now.due(null) : now);
  }

  Task withAuthority(Authority newAuthority) {
    return with(state, newAuthority, steps, bought, refused, progress);
  }

  Task withProgress(Progress now) {
    return with(state, authority, steps, bought, refused, now);
  }

  Task withStep(TaskStep changed) {
    var all =
        steps.stream()
            .map(taskStep -> taskStep.key().equals(changed.key()) ? changed : taskStep)
            .toList();
    return with(state, authority, all, bought, refused, progress);
  }

  Task withPayment(TaskView.Item payment) {
    var all = new ArrayList<>(bought);
    all.removeIf(known -> known.tradeNo().equals(payment.tradeNo()));
    all.add(payment);
    return with(state, authority, steps, all, refused, progress);
  }

  Task withRefusedPayment(TaskView.Refusal payment) {
    var all = new ArrayList<>(refused);
    all.add(payment);
    return with(state, authority, steps, bought, all, progress);
  }

  /**
   * Takes over what a new sentence asks for under the same intent. The state stays, because the
   * principal may have decided meanwhile.
   */
  Task withRequest(Task requested) {
    return requested.with(
        state,
        authority.delegated == null ? requested.authority : authority,
        requested.steps,
        bought,
        refused,
        state == TaskState.ASKED ? requested.progress : progress);
  }

  /** Returns the first step that is not over. */
  @JsonIgnore
  Optional<TaskStep> current() {
    return steps.stream().filter(taskStep -> !taskStep.state().isOver()).findFirst();
  }

  @Override
  public String errandId() {
    return taskId;
  }

  @Override
  public String intentId() {
    return authority.intentId();
  }

  @Override
  public @Nullable DelegatedAuthority givenAuthority() {
    return authority.delegated();
  }

  @Override
  public @Nullable Instant dueAt() {
    return progress.dueAt();
  }

  @Override
  public @Nullable String code() {
    return progress.code();
  }

  @Override
  public boolean isOver() {
    return state.isFinal();
  }

  @Override
  public Task withDueAt(@Nullable Instant next) {
    return withProgress(progress.due(next));
  }

  /** Returns the result of the first step of this kind, if there is one. */
  Optional<JsonNode> result(TaskStep.Kind kind) {
    return steps.stream()
        .filter(taskStep -> taskStep.kind() == kind)
        .flatMap(taskStep -> Optional.ofNullable(taskStep.result()).stream())
        .findFirst();
  }

  private Task with(
      TaskState next,
      Authority newAuthority,
      List<TaskStep> all,
      List<TaskView.Item> payments,
      List<TaskView.Refusal> refusals,
      Progress now) {
    return new Task(
        taskId,
        conversationId,
        lang,
        sentence,
        brief,
        next,
        newAuthority,
        all,
        payments,
        refusals,
        now,
        createdAt,
        until,
        version);
  }
}
