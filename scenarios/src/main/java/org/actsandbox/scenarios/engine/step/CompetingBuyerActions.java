package org.actsandbox.scenarios.engine.step;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.OutsidePurchase;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.script.Verb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays competing buyers: one buyer who takes something away, or many who want the same thing at
 * the same time.
 */
final class CompetingBuyerActions {

  /** The stages of a purchase in order; each takes one or two messages. */
  private static final List<String> STAGES =
      List.of("offers", "cart", "bill", "asked", "paid", "delivered");

  private CompetingBuyerActions() {}

  /** Buys up to the stage that the file names, or up to the first refusal. */
  static ObjectNode buy(ScenarioContext scenarioContext, JsonNode arguments) {
    var common = common(arguments, "rival");
    var purchase = OutsidePurchaseActions.purchase(scenarioContext, common);
    takeOver(scenarioContext, purchase, arguments);
    int last = STAGES.indexOf(arguments.path("until").asString("delivered"));
    ObjectNode result = Json.object();
    for (int stage = purchase.known().has("offer") ? 1 : 0; stage <= last; stage++) {
      if (STAGES.get(stage).equals("paid") && isPaid(result)) {
        // Under a delegation there is no question at the cashier.
        continue;
      }
      result = advance(scenarioContext, STAGES.get(stage), common);
      if (!isSuccess(result, STAGES.get(stage).equals("bill"))) {
        return result;
      }
    }
    return result;
  }

  /**
   * Lets several buyers start with the same offer at the same time; the result counts their
   * successes and refusals.
   */
  static ObjectNode race(ScenarioContext scenarioContext, JsonNode arguments) {
    var common = common(arguments, "race");
    var first = OutsidePurchaseActions.purchase(scenarioContext, common);
    takeOver(scenarioContext, first, arguments);
    if (!first.known().has("offer")) {
      advance(scenarioContext, "offers", common);
    }
    scenarioContext.purchaseClient(first.agent());
    int buyers = arguments.path("buyers").asInt(10);
    var racers =
        IntStream.rangeClosed(1, buyers)
            .mapToObj(
                number -> {
                  var racer = scenarioContext.outsidePurchase(first.name() + number, first.agent());
                  racer.learn("merchant", first.known().path("merchant"));
                  racer.learn("offer", first.need("offer", Verb.INTENT));
                  return racer.name();
                })
            .toList();
    var until = arguments.path("until").asString("cart");
    return tally(run(scenarioContext, racers, until, first.agent(), common));
  }

  private static ObjectNode racerArguments(ObjectNode common, String name) {
    var racer = Json.object().put("as", name);
    for (var field : new String[] {"under", "from"}) {
      if (common.has(field)) {
        racer.set(field, common.path(field));
      }
    }
    return racer;
  }

  private static boolean isPaid(JsonNode result) {
    return result.at("/body/status").asString("").equals("paid");
  }

  private static List<ObjectNode> run(
      ScenarioContext scenarioContext,
      List<String> racers,
      String until,
      String agent,
      ObjectNode common) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          racers.stream()
              .map(
                  name ->
                      threads.submit(
                          () ->
                              buy(
                                  scenarioContext,
                                  racerArguments(common, name)
                                      .put("by", agent)
                                      .put("until", until))))
              .toList();
      return running.stream().map(CompetingBuyerActions::result).toList();
    }
  }

  private static ObjectNode result(Future<ObjectNode> racer) {
    try {
      return racer.get();
    } catch (ExecutionException failed) {
      throw new UnplayableStep("a racing buyer could not go on: " + failed.getCause(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UnplayableStep("stopped during a race", interrupted);
    }
  }

  private static ObjectNode tally(List<ObjectNode> results) {
    Map<String, Integer> codes = new TreeMap<>();
    int won = 0;
    for (var result : results) {
      if (isSuccess(result, result.has("bill"))) {
        won++;
      } else {
        codes.merge(result.path("code").asString("none"), 1, Integer::sum);
      }
    }
    var tally = Json.object().put("started", results.size()).put("won", won);
    tally.set("codes", Json.tree(codes));
    return tally;
  }

  /**
   * Tells whether a stage succeeded. A failed payment has status 200 and a code: the decision was
   * accepted, but no money moved.
   */
  private static boolean isSuccess(JsonNode result, boolean isBill) {
    int status = result.path("status").asInt();
    return (isBill ? status == 402 : status / 100 == 2)
        && result.path("code").asString("").isEmpty();
  }

  private static ObjectNode advance(
      ScenarioContext scenarioContext, String stage, JsonNode common) {
    return switch (stage) {
      case "offers" -> OutsidePurchaseActions.intent(scenarioContext, common);
      case "cart" -> OutsidePurchaseActions.cart(scenarioContext, without(common, "pick"));
      case "bill" -> OutsidePurchaseActions.bill(scenarioContext, common);
      case "asked" -> OutsidePurchaseActions.pay(scenarioContext, common);
      case "paid" -> CashierActions.cashier(scenarioContext, common);
      default -> {
        CashierActions.proof(scenarioContext, common);
        yield FetchAction.fetch(scenarioContext, common);
      }
    };
  }

  /** Takes over the merchant and the offer that the file names directly or by another purchase. */
  private static void takeOver(
      ScenarioContext scenarioContext, OutsidePurchase purchase, JsonNode arguments) {
    if (arguments.has("merchant")) {
      purchase.learn("merchant", arguments.path("merchant"));
    }
    if (arguments.path("of").isString()) {
      var other = scenarioContext.existingPurchase(arguments.path("of").stringValue());
      purchase.learn("merchant", other.known().path("merchant"));
      purchase.learn(
          "offer",
          arguments.path("offer").isString()
              ? OfferSelector.one(
                  Json.object().set("offer_id", arguments.path("offer")),
                  other.need("offers", Verb.INTENT))
              : other.need("offer", Verb.INTENT));
    }
  }

  private static ObjectNode common(JsonNode arguments, String name) {
    var common = Json.object();
    for (var field : List.of("by", "merchant", "need", "under", "from")) {
      if (arguments.has(field)) {
        common.set(field, arguments.path(field));
      }
    }
    if (arguments.path("offer").isString()) {
      common.putObject("pick").put("offer_id", arguments.path("offer").stringValue());
    } else if (arguments.has("pick")) {
      common.set("pick", arguments.path("pick"));
    }
    return common.put("as", arguments.path("as").asString(name));
  }

  private static JsonNode without(ObjectNode common, String field) {
    var copy = common.deepCopy();
    copy.remove(field);
    return copy;
  }

  private static JsonNode without(JsonNode common, String field) {
    return without((ObjectNode) common, field);
  }
}
