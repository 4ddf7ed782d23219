package org.actsandbox.agent.task;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.agent.task.TaskStep.Kind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task as its principal sees it.
 *
 * @param result the prepared text; empty as long as there is none
 * @param report whether there is a document too, at {@code /tasks/{id}/report}
 */
public record TaskView(
    String taskId,
    String conversationId,
    TaskState state,
    String sentence,
    String intentId,
    @Nullable String delegationId,
    @Nullable String subAccountId,
    String confirmationUrl,
    Instant createdAt,
    Instant until,
    List<StepView> steps,
    Bill bill,
    List<Refusal> refused,
    Budget budget,
    @Nullable String code,
    @Nullable Text why,
    String result,
    boolean report) {

  /**
   * @param merchant the seller that does it, or that was asked last
   */
  public record StepView(
      String key,
      Text title,
      String state,
      @Nullable String merchant,
      @Nullable String code,
      @Nullable Text why) {}

  /** Everything that was paid under the task's authority. */
  public record Bill(List<Item> items, String total, String givenBack, String currency) {}

  /**
   * A payment that was made for a task, with or without a delivery.
   *
   * @param givenBack whether the seller did not deliver and the money goes back
   * @param why the reason for this seller
   */
  public record Item(
      String step,
      String merchant,
      String service,
      String orderNo,
      String tradeNo,
      String amount,
      String currency,
      Instant at,
      boolean givenBack,
      @Nullable Text why) {}

  /**
   * A payment that was refused.
   *
   * @param by {@code agent} by its own check, {@code psp}, or {@code principal} at the cashier
   */
  public record Refusal(
      String merchant, String amount, String currency, String errorId, String by) {}

  /**
   * The budget of the task. Money that went back counts as spent, because the authority was used.
   */
  public record Budget(String total, String spent, String left, String currency) {}

  static TaskView of(Task task) {
    var authority = task.authority();
    var delegatedAuthority = authority.delegated();
    return new TaskView(
        task.taskId(),
        task.conversationId(),
        task.state(),
        task.sentence(),
        authority.intentId(),
        delegatedAuthority == null ? null : delegatedAuthority.delegationId(),
        authority.subAccount(),
        authority.confirmUrl(),
        task.createdAt(),
        task.until(),
        task.steps().stream().map(TaskView::step).toList(),
        bill(task),
        task.refused(),
        budget(task),
        task.progress().code(),
        task.progress().why(),
        ServiceInputs.quotes(task).isEmpty() ? "" : ServiceInputs.translatedSummary(task),
        document(task).isPresent());
  }

  /** Returns the rendered report. */
  static Optional<JsonNode> document(Task task) {
    return task.result(Kind.REPORT);
  }

  private static StepView step(TaskStep taskStep) {
    return new StepView(
        taskStep.key(),
        TaskNarrator.title(taskStep),
        taskStep.state().code(),
        taskStep.hasSeller() ? taskStep.seller().merchant() : null,
        taskStep.code(),
        taskStep.why());
  }

  private static Bill bill(Task task) {
    return new Bill(task.bought(), sum(task, false), sum(task, true), Money.CNY.getCurrencyCode());
  }

  private static Budget budget(Task task) {
    var total = Money.of(Objects.requireNonNullElse(task.brief().most(), "0"), "CNY");
    var spent = Money.of(sum(task, false), "CNY");
    var left = spent.moreThan(total) ? Money.zero(Money.CNY) : total.minus(spent);
    return new Budget(total.decimal(), spent.decimal(), left.decimal(), "CNY");
  }

  private static String sum(Task task, boolean onlyGivenBack) {
    return task.bought().stream()
        .filter(each -> each.givenBack() || !onlyGivenBack)
        .map(each -> Money.of(each.amount(), each.currency()))
        .reduce(Money.zero(Money.CNY), Money::plus)
        .decimal();
  }
}
