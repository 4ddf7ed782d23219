package org.actsandbox.sandbox.mcp;

import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.mcp.message.McpFailure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Offers the three stories of the sandbox as prompts, in English and Chinese. */
final class McpPrompts {

  private static final int MAX_ARGUMENT = 200;

  private static final PromptArgument LANGUAGE =
      new PromptArgument("language", "Language", "en or zh; English if absent", false);

  private static final Map<String, Story> STORIES = new LinkedHashMap<>();

  static {
    add(
        "train_ticket",
        "A train ticket",
        "Buy a window seat on an early train; the principal approves at the cashier.",
        Map.of("to", "Shanghai", "date", "tomorrow"),
        new Text(
            "Find me a window seat on an early train to {to}, {date}. Show me the best offers of"
                + " all merchants with their prices, let me choose, then order it and give me the"
                + " address where I approve the payment. Wait for it and show me the ticket.",
            "帮我找{date}早上去{to}的靠窗座位。列出各平台最合适的方案和价格，让我选；然后下单，把付款确认的地址给我，等我确认后把车票给我看。"));
    add(
        "trip_within_budget",
        "A trip within a budget",
        "Buy train and hotel together; hold both before anything is paid.",
        Map.of("to", "Hangzhou", "date", "tomorrow", "budget", "1500"),
        new Text(
            "Plan my trip to {to} on {date}: a train there and a quiet hotel for one night near the"
                + " station, together at most {budget} yuan. Hold both before you request any"
                + " payment, and cancel the other if one fails.",
            "帮我安排{date}去{to}：火车票加一晚安静的、靠近车站的酒店，总价不超过{budget}元。两样都锁定之后再申请付款；一样不成就取消另一样。"));
    add(
        "buy_when_away",
        "Buy while I am away",
        "Ask for an authority, and buy under it without asking again.",
        Map.of("what", "a 20000mAh power bank", "most", "200", "until", "the end of this week"),
        new Text(
            "Buy {what} for at most {most} yuan before {until} without asking me again. Ask me once"
                + " for the authority, and tell me what you did with it.",
            "在{until}之前，用不超过{most}元帮我买{what}，买的时候不用再问我。先向我申请一次授权，最后告诉我你用它做了什么。"));
  }

  /**
   * A prompt with the values that it takes where a client gives none.
   *
   * @param words has each argument in braces
   */
  private record Story(Prompt prompt, Map<String, String> standard, Text words) {}

  private McpPrompts() {}

  private static void add(
      String name, String title, String description, Map<String, String> standard, Text words) {
    var arguments =
        new ArrayList<>(
            standard.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(
                    each ->
                        new PromptArgument(
                            each.getKey(), each.getKey(), "such as " + each.getValue(), false))
                .toList());
    arguments.add(LANGUAGE);
    STORIES.put(
        name,
        new Story(new Prompt(name, title, description, arguments, null, null), standard, words));
  }

  static ArrayNode list() {
    var prompts = Json.mapper().createArrayNode();
    STORIES.values().forEach(story -> prompts.add(Json.tree(story.prompt())));
    return prompts;
  }

  /**
   * Fills in a prompt.
   *
   * @throws McpFailure if there is no such prompt, or an argument is none of its own
   */
  static ObjectNode get(String name, JsonNode arguments) {
    var story = STORIES.get(name);
    if (story == null) {
      throw McpFailure.invalidParams(
          200, "There is no such prompt; there are " + String.join(", ", STORIES.keySet()) + ".");
    }
    var known = story.prompt().arguments().stream().map(PromptArgument::name).toList();
    for (var each : arguments.properties()) {
      var value = each.getValue();
      if (!known.contains(each.getKey())
          || !value.isString()
          || value.stringValue().length() > MAX_ARGUMENT) {
        throw McpFailure.invalidParams(
            200,
            "Arguments are texts of at most %d characters, named %s."
                .formatted(MAX_ARGUMENT, String.join(", ", known)));
      }
    }
    var text = story.words().in(arguments.path("language").asString("en"));
    for (var each : story.standard().entrySet()) {
      var value = arguments.path(each.getKey()).asString(each.getValue());
      text = text.replace("{" + each.getKey() + "}", value);
    }
    var result = Json.object().put("description", story.prompt().description());
    var message = result.putArray("messages").addObject().put("role", "user");
    message.putObject("content").put("type", "text").put("text", text);
    return result;
  }

  /** Returns the names of all prompts, for tests and documents. */
  static List<String> names() {
    return List.copyOf(STORIES.keySet());
  }
}
