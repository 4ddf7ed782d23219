package org.actsandbox.web.check;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.RequiredFields;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Starts, shows, stops and shares the checks of a world's merchants (operator only). */
@RestController
@RequestMapping("/api/worlds/{world}/checks")
class ShopCheckEndpoints {

  private final ShopChecks shopChecks;

  ShopCheckEndpoints(ShopChecks shopChecks) {
    this.shopChecks = shopChecks;
  }

  record ShopCheckList(List<JsonNode> items) {}

  /**
   * Represents the request body that makes a link.
   *
   * @param days how long it opens the check, 1 to 30
   */
  record LinkRequest(@Nullable Integer days) implements ValueCheckedRequest {

    @Override
    public void checkValues(MistakeCollector mistakes) {
      mistakes.range("days", days, 1, ShopChecks.MAX_LINK_DAYS);
    }
  }

  record ShopCheckLink(URI url, Instant expiresAt) {}

  @EndpointSummary("List the checks of merchants, the newest first")
  @GetMapping
  ShopCheckList list(World world) {
    return new ShopCheckList(shopChecks.list(world));
  }

  @EndpointSummary("Start a check of a merchant")
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  JsonNode start(World world, @RequestBody @RequiredFields("merchant") ShopCheckRequest request) {
    return shopChecks.start(world, request);
  }

  @EndpointSummary("Read a check of a merchant with its results so far")
  @GetMapping("/{check}")
  JsonNode one(World world, @PathVariable("check") String id) {
    return shopChecks.get(world, id);
  }

  @EndpointSummary("Stop a check of a merchant")
  @PostMapping("/{check}/stop")
  JsonNode stop(World world, @PathVariable("check") String id) {
    return shopChecks.stop(world, id);
  }

  @EndpointSummary("Download the report of a check")
  @GetMapping("/{check}/report/{format}")
  ResponseEntity<byte[]> report(
      World world, @PathVariable("check") String id, @PathVariable String format) {
    var file = ShopCheckReport.of(format);
    return file.download(shopChecks.get(world, id), shopChecks.report(world, id, file));
  }

  @EndpointSummary("Make a link that opens a check for others")
  @PostMapping("/{check}/link")
  @ResponseStatus(HttpStatus.CREATED)
  ShopCheckLink link(
      World world,
      CallerAddress address,
      @PathVariable("check") String id,
      @RequestBody LinkRequest request) {
    long days = request.days() == null ? ShopChecks.LINK_DAYS : request.days();
    var shared = shopChecks.share(world, id, days);
    return new ShopCheckLink(
        URI.create(address.used() + "/shared/check/" + shared.token()), shared.expiresAt());
  }
}
