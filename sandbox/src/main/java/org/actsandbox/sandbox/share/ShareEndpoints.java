package org.actsandbox.sandbox.share;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.http.Summary;
import org.actsandbox.sandbox.export.Selection;
import org.actsandbox.sandbox.world.Addresses;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sharing what happened in a world, by links that open it read-only (operator only). */
@RestController
@RequestMapping("/api/worlds/{world}/shares")
class ShareEndpoints {

  private static final int USUAL_DAYS = 7;

  private final SharedRuns runs;
  private final Addresses addresses;

  ShareEndpoints(SharedRuns runs, Addresses addresses) {
    this.runs = runs;
    this.addresses = addresses;
  }

  /**
   * @param orderNo its whole story; likewise the other ids; without any, the whole journal
   * @param days 1 to 30, default 7, by the machine's clock
   */
  record Wish(
      @Nullable String title,
      @Nullable String orderNo,
      @Nullable String intentId,
      @Nullable String tradeNo,
      @Nullable String conversationId,
      @Nullable String delegationId,
      @Nullable Integer days) {

    Map<String, String> filters() {
      var filters = new HashMap<String, String>();
      put(filters, "order_no", orderNo);
      put(filters, "intent_id", intentId);
      put(filters, "trade_no", tradeNo);
      put(filters, "conversation_id", conversationId);
      put(filters, "delegation_id", delegationId);
      return filters;
    }

    private static void put(Map<String, String> filters, String name, @Nullable String value) {
      if (value != null) {
        filters.put(name, value);
      }
    }
  }

  /**
   * @param url the link; its secret is shown this once
   */
  record Shared(String id, String url, int entries, Instant expiresAt) {}

  record Shares(List<SharedRun> items) {}

  @Summary("Keep a copy of a run behind a link")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Shared share(World world, @RequestBody(required = false) @Nullable Wish wish) {
    var asked = wish == null ? new Wish(null, null, null, null, null, null, null) : wish;
    var made =
        runs.share(
            world,
            Selection.of(asked.filters()),
            asked.title() == null ? "" : asked.title().strip(),
            Duration.ofDays(asked.days() == null ? USUAL_DAYS : asked.days()));
    return new Shared(
        made.run().id(),
        addresses.origin() + "/shared/" + made.token(),
        made.run().entries(),
        made.run().expiresAt());
  }

  @Summary("List the shared runs of a world")
  @GetMapping
  Shares list(World world) {
    return new Shares(runs.of(world));
  }

  @Summary("Take back a shared run")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void revoke(World world, @PathVariable String id) {
    runs.revoke(world, id);
  }
}
