package org.actsandbox.web.console.tasks;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Shows the state of a task as the events of its conversation tell it.
 *
 * @param state asked, funding, working, paused, done, partial or ended
 * @param text the agent's latest words about it
 * @param money amount in yuan that the agent asks for on a sub-account; empty while it asks for
 *     none
 * @param items items of the bill; empty before there is a bill
 */
public record TaskStatusView(
    String taskId,
    String intentId,
    String delegationId,
    String state,
    String text,
    String money,
    List<Item> items,
    String spent,
    String left) {

  /**
   * @param service quotes, translate or report
   * @param back true if the seller did not deliver and the money goes back
   */
  public record Item(String service, Text merchant, String amount, String currency, boolean back) {}

  private static final TaskStatusView NONE =
      new TaskStatusView("", "", "", "", "", "", List.of(), "", "");

  /**
   * @param type type of the event: sub_account_request, task, task_warning or task_bill
   */
  public static TaskStatusView of(
      @Nullable TaskStatusView before, ConversationEventType type, JsonNode data) {
    var taskId = data.path("task_id").asString("");
    var known = before != null && before.taskId.equals(taskId) ? before : NONE;
    var state = data.path("state").asString("");
    boolean billed = type == ConversationEventType.TASK_BILL;
    return new TaskStatusView(
        taskId,
        data.path("intent_id").asString(""),
        data.path("delegation_id").asString(""),
        state,
        data.path("text").asString(known.text),
        type == ConversationEventType.SUB_ACCOUNT_REQUEST
            ? data.path("amount").asString("")
            : state.equals("funding") ? known.money : "",
        billed ? items(data.path("bill").path("items")) : known.items,
        billed ? data.path("budget").path("spent").asString("") : known.spent,
        billed ? data.path("budget").path("left").asString("") : known.left);
  }

  private static List<Item> items(JsonNode bill) {
    var items = new ArrayList<Item>();
    for (var each : bill) {
      items.add(
          new Item(
              each.path("service").asString(""),
              EntryNarrator.nameOf("did:act:" + each.path("merchant").asString("")),
              each.path("amount").asString(""),
              each.path("currency").asString(""),
              each.path("given_back").asBoolean(false)));
    }
    return List.copyOf(items);
  }

  public boolean over() {
    return state.equals("done") || state.equals("partial") || state.equals("ended");
  }

  /** Returns the CSS class of the task's state. */
  public String stateClass() {
    return stateClass(state);
  }

  public static String stateClass(String state) {
    return switch (state) {
      case "working", "done" -> "active";
      case "ended" -> "expired";
      default -> "suspended";
    };
  }
}
