package org.actsandbox.agent;

import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.json.Json;

/** Knows how each model provider streams an answer, as its public interface documents it. */
enum ProviderWireFormat {
  OPENAI("/v1", "/v1/chat/completions", "text/event-stream") {
    @Override
    String says(String text) {
      var half = text.length() / 2;
      return chunk(content(text.substring(0, half)), null)
          + chunk(content(text.substring(half)), null)
          + chunk("{}", "stop")
          + "data: [DONE]\n\n";
    }

    @Override
    String calls(String id, String tool, String arguments) {
      var half = arguments.length() / 2;
      return chunk(
              call("\"id\":%s,\"type\":\"function\",".formatted(Json.write(id)), tool, ""), null)
          + chunk(call("", null, arguments.substring(0, half)), null)
          + chunk(call("", null, arguments.substring(half)), null)
          + chunk("{}", "tool_calls")
          + "data: [DONE]\n\n";
    }

    private String content(String text) {
      return "{\"role\":\"assistant\",\"content\":%s}".formatted(Json.write(text));
    }

    private String call(String head, String tool, String arguments) {
      var name = tool == null ? "" : "\"name\":%s,".formatted(Json.write(tool));
      return "{\"tool_calls\":[{\"index\":0,%s\"function\":{%s\"arguments\":%s}}]}"
          .formatted(head, name, Json.write(arguments));
    }

    private String chunk(String delta, String finish) {
      return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"any\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
          .formatted(delta, Json.write(finish));
    }
  },

  ANTHROPIC("/v1", "/v1/messages", "text/event-stream") {
    @Override
    String says(String text) {
      var half = text.length() / 2;
      return message(
          "{\"type\":\"text\",\"text\":\"\"}",
          List.of(delta("text", text.substring(0, half)), delta("text", text.substring(half))),
          "end_turn");
    }

    @Override
    String calls(String id, String tool, String arguments) {
      var half = arguments.length() / 2;
      return message(
          "{\"type\":\"tool_use\",\"id\":%s,\"name\":%s,\"input\":{}}"
              .formatted(Json.write(id), Json.write(tool)),
          List.of(
              delta("partial_json", arguments.substring(0, half)),
              delta("partial_json", arguments.substring(half))),
          "tool_use");
    }

    private String delta(String field, String text) {
      var type = field.equals("text") ? "text_delta" : "input_json_delta";
      return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"%s\",\"%s\":%s}}"
          .formatted(type, field, Json.write(text));
    }

    private String message(String block, List<String> deltas, String reason) {
      var events = new StringBuilder();
      event(
          events,
          "message_start",
          "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"any\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}");
      event(
          events,
          "content_block_start",
          "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":%s}".formatted(block));
      deltas.forEach(delta -> event(events, "content_block_delta", delta));
      event(events, "content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
      event(
          events,
          "message_delta",
          "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":2}}"
              .formatted(reason));
      event(events, "message_stop", "{\"type\":\"message_stop\"}");
      return events.toString();
    }

    private void event(StringBuilder events, String name, String data) {
      events.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
    }
  },

  OLLAMA("", "/api/chat", "application/x-ndjson") {
    @Override
    String says(String text) {
      var half = text.length() / 2;
      return line("\"content\":" + Json.write(text.substring(0, half)), false)
          + line("\"content\":" + Json.write(text.substring(half)), false)
          + line("\"content\":\"\"", true);
    }

    @Override
    String calls(String id, String tool, String arguments) {
      // The arguments are an object, and the calls have no ids.
      return line(
              "\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":%s,\"arguments\":%s}}]"
                  .formatted(Json.write(tool), arguments),
              false)
          + line("\"content\":\"\"", true);
    }

    private String line(String message, boolean last) {
      var end = last ? ",\"done_reason\":\"stop\",\"prompt_eval_count\":1,\"eval_count\":2" : "";
      return "{\"model\":\"any\",\"created_at\":\"2026-11-25T02:00:00Z\",\"message\":{\"role\":\"assistant\",%s},\"done\":%s%s}\n"
          .formatted(message, last, end);
    }
  };

  private final String path;
  private final String endpoint;
  private final String contentType;

  ProviderWireFormat(String path, String endpoint, String contentType) {
    this.path = path;
    this.endpoint = endpoint;
    this.contentType = contentType;
  }

  abstract String says(String text);

  abstract String calls(String id, String tool, String arguments);

  String provider() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the end of the configured base URL. */
  String path() {
    return path;
  }

  String endpoint() {
    return endpoint;
  }

  String contentType() {
    return contentType;
  }
}
