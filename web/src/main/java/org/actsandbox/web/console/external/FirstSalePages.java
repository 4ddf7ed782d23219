package org.actsandbox.web.console.external;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.AgentCard;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.web.check.ShopChecks;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.actsandbox.web.starter.Starter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/**
 * Waits for the first sale of a merchant from outside: the steps, and the exact next thing to do.
 * The page asks again each second until all are done.
 */
@Controller
@RequestMapping("/console/{world}/own-shop/{id}/first-sale")
class FirstSalePages {

  private final FirstSales firstSales;
  private final ShopChecks shopChecks;
  private final ConsoleApiClient consoleApiClient;

  FirstSalePages(FirstSales firstSales, ShopChecks shopChecks, ConsoleApiClient consoleApiClient) {
    this.firstSales = firstSales;
    this.shopChecks = shopChecks;
    this.consoleApiClient = consoleApiClient;
  }

  /**
   * Shows one step.
   *
   * @param state done | next | waiting
   * @param href what shows that the step is done, or went wrong; null if there is nothing yet
   * @param wrong what was seen in place of it; null if nothing is wrong
   * @param bytes what to send or to answer, ready to copy; empty if the words say it all
   */
  record StepState(
      String code, String state, @Nullable String href, @Nullable Wrong wrong, String bytes) {}

  /**
   * Represents what was seen in place of a step.
   *
   * @param code the code of the finding, which pages say in words
   * @param target the address that was asked
   * @param observed what came, in the words of the server
   * @param expected what a right answer has, in the words of the server
   */
  record Wrong(String code, String target, String observed, String expected) {}

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String id) {
    var merchant = pageRequest.world().externalMerchants().require(id);
    var steps = steps(pageRequest, merchant);
    var model = new HashMap<String, Object>();
    model.put("shop", merchant);
    model.put("steps", steps);
    model.put("page", sentence(merchant));
    model.put("lit", steps.stream().filter(step -> step.state().equals("done")).count());
    model.put("starters", Starter.of(merchant.level()));
    if (pageRequest.isPartial()) {
      return pageRequest.fragment("console/first-sale :: steps", model);
    }
    var page = pageRequest.page("console/first-sale", "home");
    model.forEach(page::with);
    return page.show();
  }

  /**
   * Returns what the principal says to buy the page of a gate; empty for a merchant with offers,
   * whose goods only its owner knows.
   */
  private static String sentence(ExternalMerchant merchant) {
    var word = merchant.resource().replaceAll("/+$", "").replaceAll(".*/", "");
    return merchant.level() == MerchantLevel.GATE && !word.isEmpty()
        ? "Buy the %s from %s".formatted(word, merchant.id())
        : "";
  }

  private List<StepState> steps(PageRequest pageRequest, ExternalMerchant merchant) {
    var world = pageRequest.world();
    var reached = firstSales.reached(world, merchant.did());
    var hrefs = new EnumMap<FirstSaleStep, String>(FirstSaleStep.class);
    var wrong = new EnumMap<FirstSaleStep, Wrong>(FirstSaleStep.class);
    var done = new EnumMap<FirstSaleStep, Boolean>(FirstSaleStep.class);
    reached
        .done()
        .forEach(
            (step, seq) -> {
              done.put(step, true);
              hrefs.put(step, pageRequest.here() + "/journal/" + seq);
            });
    reached
        .failed()
        .forEach((step, seq) -> hrefs.put(step, pageRequest.here() + "/journal/" + seq));
    look(pageRequest, merchant, done, wrong);
    report(pageRequest, merchant, done, hrefs);
    var steps = new ArrayList<StepState>();
    boolean nextFound = false;
    for (var step : FirstSaleStep.of(merchant.level().code(), merchant.kind().code())) {
      boolean lit = done.getOrDefault(step, false);
      var state = lit ? "done" : nextFound ? "waiting" : "next";
      nextFound = nextFound || !lit;
      steps.add(
          new StepState(
              step.code(),
              state,
              hrefs.get(step),
              lit ? null : wrong.get(step),
              state.equals("next") ? bytes(pageRequest, merchant, step) : ""));
    }
    return steps;
  }

  /**
   * Looks at the merchant itself until its card is right: nothing in the journal says so before.
   */
  private void look(
      PageRequest pageRequest,
      ExternalMerchant merchant,
      Map<FirstSaleStep, Boolean> done,
      Map<FirstSaleStep, Wrong> wrong) {
    boolean shop = merchant.level().code().equals("shop");
    if (done.containsKey(shop ? FirstSaleStep.OFFER : FirstSaleStep.REACHABLE)) {
      done.put(FirstSaleStep.REACHABLE, true);
      done.put(FirstSaleStep.CARD, true);
      return;
    }
    var seen =
        consoleApiClient
            .callControlApi("GET", pageRequest.world(), "/merchants/" + merchant.id(), null)
            .path("discovery");
    take(seen, "reachable", FirstSaleStep.REACHABLE, done, wrong);
    done.remove(FirstSaleStep.CARD);
    take(seen, "card", FirstSaleStep.CARD, done, wrong);
    if (done.getOrDefault(FirstSaleStep.CARD, false)) {
      done.remove(FirstSaleStep.CARD);
      take(seen, "capability", FirstSaleStep.CARD, done, wrong);
    }
  }

  private static void take(
      JsonNode seen,
      String check,
      FirstSaleStep step,
      Map<FirstSaleStep, Boolean> done,
      Map<FirstSaleStep, Wrong> wrong) {
    seen.valueStream()
        .filter(each -> each.path("check").asString().equals(check))
        .forEach(
            each -> {
              var result = each.path("result").asString();
              if (result.equals("passed")) {
                done.put(step, true);
              } else if (result.equals("failed")) {
                wrong.put(
                    step,
                    new Wrong(
                        each.path("code").asString(),
                        each.path("target").asString(""),
                        each.path("observed").asString(""),
                        each.path("expected").asString("")));
              }
            });
  }

  private void report(
      PageRequest pageRequest,
      ExternalMerchant merchant,
      Map<FirstSaleStep, Boolean> done,
      Map<FirstSaleStep, String> hrefs) {
    shopChecks.list(pageRequest.world()).stream()
        .filter(each -> each.path("merchant").asString().equals(merchant.id()))
        .filter(each -> each.has("total"))
        .findFirst()
        .ifPresent(
            each -> {
              done.put(FirstSaleStep.REPORT, true);
              hrefs.put(
                  FirstSaleStep.REPORT,
                  pageRequest.here() + "/check-shop/" + each.path("id").asString());
            });
  }

  /** Returns what the next step needs, with the values of this world and merchant. */
  private static String bytes(
      PageRequest pageRequest, ExternalMerchant merchant, FirstSaleStep step) {
    var world = pageRequest.world();
    var now = world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    return switch (step) {
      case REACHABLE ->
          "curl -i "
              + merchant.url()
              + (merchant.level() == MerchantLevel.GATE
                  ? merchant.resource()
                  : "/.well-known/agent-card.json");
      case CARD -> card(merchant).toPrettyString();
      case BILL ->
          merchant.level().code().equals("gate")
              ? "curl -i "
                  + world.at("/merchants/" + merchant.id() + merchant.resource())
                  + "\n\n"
                  + FirstSaleBytes.bill(world, merchant, now)
              : FirstSaleBytes.bill(world, merchant, now);
      case PROOF ->
          "curl -X POST "
              + world.at("/psp/proofs/verify")
              + " \\\n  -H \"Authorization: Bearer $ACT_ROLE_KEY\""
              + " -H 'Content-Type: application/json' \\\n"
              + "  -d '{\"payment_proof\": \"…\", \"trade_no\": \"T-…\"}'";
      case NOTIFICATION -> FirstSaleBytes.notification();
      case OFFER -> FirstSaleBytes.offer(merchant, now);
      case CART -> FirstSaleBytes.order(world, merchant, now);
      case DELIVERY -> FirstSaleBytes.delivery(merchant, now);
      case REPORT -> FirstSaleBytes.check(merchant, world);
    };
  }

  private static JsonNode card(ExternalMerchant merchant) {
    var card = Json.object();
    card.put("agent_id", merchant.did().value());
    card.put("name", merchant.name().en());
    card.put("url", merchant.url().toString());
    card.put("vertical", merchant.kind().code());
    card.putObject("capabilities")
        .putObject(AgentCard.NEGOTIATION)
        .put("mode", "one-way")
        .put("capability_url", merchant.at("/.well-known/act-payment-capability.json").toString());
    return card;
  }
}
