package org.actsandbox.web.console.webhook;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.notification.DeliveryEntry;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/** Shows the webhook endpoints of a world and the log of their deliveries. */
@Controller
@RequestMapping("/console/{world}/webhooks")
class WebhookPages {

  private static final String[] FILTERS = {"owner", "endpoint", "status", "event"};

  private final ConsoleApiClient consoleApiClient;

  WebhookPages(ConsoleApiClient consoleApiClient) {
    this.consoleApiClient = consoleApiClient;
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    return listed(pageRequest).show();
  }

  private PageRequest.PageBuilder listed(PageRequest pageRequest) {
    var filters = new LinkedHashMap<String, String>();
    for (var name : FILTERS) {
      var value = pageRequest.query(name);
      if (value != null) {
        filters.put(name, value);
      }
    }
    var query = new LinkedHashMap<>(filters);
    var cursor = pageRequest.query("cursor");
    if (cursor != null) {
      query.put("cursor", cursor);
    }
    var log = call(pageRequest, "GET", "/deliveries" + query(query), null);
    var next = log.path("next").asString("");
    if (!next.isEmpty()) {
      filters.put("cursor", next);
    }
    return pageRequest
        .page("console/webhooks", "home")
        .with("endpoints", call(pageRequest, "GET", "/webhooks", null).path("items"))
        .with("deliveries", log.path("items").valueStream().map(DeliveryRow::of).toList())
        .with("next", next.isEmpty() ? null : pageRequest.here() + "/webhooks" + query(filters))
        .with("owners", owners(pageRequest.world()))
        .with("events", events())
        .with("statuses", Arrays.stream(DeliveryEntry.Status.values()).map(Enum::name).toList())
        .with("chosen", query)
        .with("given", Map.of())
        .with("done", pageRequest.query("done"))
        .with("count", pageRequest.query("count"))
        .with("stopped", pageRequest.query("stopped"))
        .with("yesterday", yesterday(pageRequest.world()));
  }

  private static String yesterday(World world) {
    return world
        .clock()
        .instant()
        .minus(Duration.ofDays(1))
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }

  private static String query(Map<String, String> values) {
    var query = new StringBuilder();
    values.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return query.toString();
  }

  /** Returns the DIDs of all who can have endpoints: the agents first. */
  private static List<String> owners(World world) {
    var agents = Stream.concat(Stream.of(world.agent()), world.externalAgents().dids().stream());
    var merchants =
        Stream.concat(
            world.externalMerchants().all().stream().map(ExternalMerchant::did),
            world.settings().roster().stream().map(MerchantProfile::did));
    return Stream.concat(agents, merchants).map(Did::value).toList();
  }

  private static List<String> events() {
    return Arrays.stream(NotificationEvent.values())
        .filter(event -> event != NotificationEvent.TEST)
        .map(NotificationEvent::code)
        .toList();
  }

  @PostMapping
  Rendering add(PageRequest pageRequest, FormFields form) {
    var request = new LinkedHashMap<String, Object>(form.filled("owner", "url", "signature"));
    request.put("events", form.fields().getOrDefault("events", List.of()));
    try {
      var made = call(pageRequest, "POST", "/webhooks", request);
      return listed(pageRequest).with("made", made).show();
    } catch (UnexpectedReply refused) {
      return listed(pageRequest)
          .status(refused.status())
          .with("given", form.fields().toSingleValueMap())
          .with("detail", refused.detail())
          .with("wrong", refused.finer("field"))
          .with("expected", refused.finer("expected"))
          .show();
    }
  }

  @PostMapping("/{id}/{action}")
  Rendering act(
      PageRequest pageRequest,
      @PathVariable String id,
      @PathVariable String action,
      FormFields form) {
    var path = "/webhooks/" + checked(id);
    return switch (action) {
      case "test" -> opened(pageRequest, call(pageRequest, "POST", path + "/test", Map.of()));
      case "hold" -> changed(pageRequest, path, Map.of("held", true), "held");
      case "disable" -> changed(pageRequest, path, Map.of("disabled", true), "disabled");
      case "enable" -> changed(pageRequest, path, Map.of("disabled", false), "enabled");
      case "release" ->
          sent(
              pageRequest,
              call(pageRequest, "POST", path + "/release", form.filled("order")),
              "released");
      case "secret" ->
          listed(pageRequest)
              .with("made", call(pageRequest, "POST", path + "/secrets", Map.of()))
              .show();
      case "remove" -> {
        call(pageRequest, "DELETE", path, null);
        yield done(pageRequest, "removed");
      }
      default -> throw new Refusal(Problem.NOT_FOUND, "there is no such action").at("action");
    };
  }

  private Rendering changed(
      PageRequest pageRequest, String path, Map<String, ?> change, String done) {
    call(pageRequest, "PATCH", path, change);
    return done(pageRequest, done);
  }

  @PostMapping("/replay")
  Rendering replay(PageRequest pageRequest, FormFields form) {
    var request = new LinkedHashMap<String, Object>(form.filled("since", "owner"));
    request.put("undelivered_only", form.first("all") == null);
    try {
      return sent(
          pageRequest, call(pageRequest, "POST", "/deliveries/replay", request), "replayed");
    } catch (UnexpectedReply refused) {
      return listed(pageRequest)
          .status(refused.status())
          .with("replayed", form.fields().toSingleValueMap())
          .with("unreplayed", refused.detail())
          .with("expected", refused.finer("expected"))
          .show();
    }
  }

  /** Shows a delivery with its attempts. */
  @GetMapping("/deliveries/{id}")
  Rendering one(PageRequest pageRequest, @PathVariable String id) {
    var detail = call(pageRequest, "GET", "/deliveries/" + checked(id), null);
    var body = detail.path("body").asString();
    return pageRequest
        .page("console/webhook-delivery", "home")
        .with("d", DeliveryRow.of(detail.path("delivery")))
        .with("attempts", detail.path("tries").valueStream().map(AttemptRow::of).toList())
        .with("body", body)
        .with("decoded", decoded(body))
        .with("done", pageRequest.query("done"))
        .show();
  }

  /** Returns the body for reading: JSON with line breaks, or the decoded fields of a form. */
  private static String decoded(String body) {
    if (body.startsWith("{")) {
      return Json.parse(body).toPrettyString();
    }
    return Arrays.stream(body.split("&", -1))
        .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
        .collect(Collectors.joining("\n"));
  }

  @PostMapping("/deliveries/{id}/resend")
  Rendering resend(PageRequest pageRequest, @PathVariable String id, FormFields form) {
    var copies = "2".equals(form.first("copies")) ? 2 : 1;
    return opened(
        pageRequest,
        call(
            pageRequest,
            "POST",
            "/deliveries/" + checked(id) + "/resend",
            Map.of("copies", copies)));
  }

  private static Rendering opened(PageRequest pageRequest, JsonNode detail) {
    return pageRequest.redirect(
        pageRequest.here()
            + "/webhooks/deliveries/"
            + detail.at("/delivery/delivery_id").asString()
            + "?done=sent");
  }

  private static Rendering sent(PageRequest pageRequest, JsonNode sent, String done) {
    var stopped = sent.path("stopped_at").asString("");
    return pageRequest.redirect(
        "%s/webhooks?done=%s&count=%d%s"
            .formatted(
                pageRequest.here(),
                done,
                sent.path("delivered").asInt(),
                stopped.isEmpty() ? "" : "&stopped=" + stopped));
  }

  private static Rendering done(PageRequest pageRequest, String done) {
    return pageRequest.redirect(pageRequest.here() + "/webhooks?done=" + done);
  }

  private static String checked(String id) {
    if (!id.matches("[A-Za-z0-9_-]{1,110}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such endpoint or delivery")
          .at("id")
          .observed(id);
    }
    return id;
  }

  private JsonNode call(
      PageRequest pageRequest, String method, String path, @Nullable Object body) {
    return consoleApiClient.callControlApi(method, pageRequest.world(), path, body);
  }
}
