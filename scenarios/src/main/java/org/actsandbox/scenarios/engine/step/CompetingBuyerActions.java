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

/** Other buyers: one who takes something away, or many who want the same thing at once. */
final class CompetingBuyerActions {

  /** How far a purchase goes, in order; each is one or two messages. */
  private static final List<String> ROAD =
      List.of("offers", "cart", "bill", "asked", "paid", "delivered");

  private CompetingBuyerActions() {}

  /** Goes on until where the file says, or until the first refusal. */
  static ObjectNode buy(ScenarioContext scenarioContext, JsonNode arguments) {
    var plain = plain(arguments, "rival");
    var deal = OutsidePurchaseActions.deal(scenarioContext, plain);
    known(scenarioContext, deal, arguments);
    int end = ROAD.indexOf(arguments.path("until").asString("delivered"));
    ObjectNode result = Json.object();
    for (int stop = deal.known().has("offer") ? 1 : 0; stop <= end; stop++) {
      if (ROAD.get(stop).equals("paid") && isPaid(result)) {
        // Under a delegation nobody is asked.
        continue;
      }
      result = advance(scenarioContext, ROAD.get(stop), plain);
      if (!isGood(result, ROAD.get(stop).equals("bill"))) {
        return result;
      }
    }
    return result;
  }

  /** Everybody starts with the same offer; what comes out counts how it went for them. */
  static ObjectNode race(ScenarioContext scenarioContext, JsonNode arguments) {
    var plain = plain(arguments, "race");
    var first = OutsidePurchaseActions.deal(scenarioContext, plain);
    known(scenarioContext, first, arguments);
    if (!first.known().has("offer")) {
      advance(scenarioContext, "offers", plain);
    }
    scenarioContext.buyer(first.agent());
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
    return tally(run(scenarioContext, racers, until, first.agent(), plain));
  }

  private static ObjectNode racing(ObjectNode plain, String name) {
    var racer = Json.object().put("as", name);
    for (var field : new String[] {"under", "from"}) {
      if (plain.has(field)) {
        racer.set(field, plain.path(field));
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
      ObjectNode plain) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          racers.stream()
              .map(
                  name ->
                      threads.submit(
                          () ->
                              buy(
                                  scenarioContext,
                                  racing(plain, name).put("by", agent).put("until", until))))
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
      if (isGood(result, result.has("bill"))) {
        won++;
      } else {
        codes.merge(result.path("code").asString("none"), 1, Integer::sum);
      }
    }
    var tally = Json.object().put("started", results.size()).put("won", won);
    tally.set("codes", Json.tree(codes));
    return tally;
  }

  /** A payment that failed is told with 200 and a code: the decision was taken, no money moved. */
  private static boolean isGood(JsonNode result, boolean isBill) {
    int status = result.path("status").asInt();
    return (isBill ? status == 402 : status / 100 == 2)
        && result.path("code").asString("").isEmpty();
  }

  private static ObjectNode advance(ScenarioContext scenarioContext, String stop, JsonNode plain) {
    return switch (stop) {
      case "offers" -> OutsidePurchaseActions.intent(scenarioContext, plain);
      case "cart" -> OutsidePurchaseActions.cart(scenarioContext, without(plain, "pick"));
      case "bill" -> OutsidePurchaseActions.bill(scenarioContext, plain);
      case "asked" -> OutsidePurchaseActions.pay(scenarioContext, plain);
      case "paid" -> CashierActions.cashier(scenarioContext, plain);
      default -> {
        CashierActions.proof(scenarioContext, plain);
        yield FetchAction.fetch(scenarioContext, plain);
      }
    };
  }

  /** An offer taken over from another purchase, or named by its id. */
  private static void known(
      ScenarioContext scenarioContext, OutsidePurchase deal, JsonNode arguments) {
    if (arguments.has("merchant")) {
      deal.learn("merchant", arguments.path("merchant"));
    }
    if (arguments.path("of").isString()) {
      var other = scenarioContext.existingPurchase(arguments.path("of").stringValue());
      deal.learn("merchant", other.known().path("merchant"));
      deal.learn(
          "offer",
          arguments.path("offer").isString()
              ? OfferSelector.one(
                  Json.object().set("offer_id", arguments.path("offer")),
                  other.need("offers", Verb.INTENT))
              : other.need("offer", Verb.INTENT));
    }
  }

  private static ObjectNode plain(JsonNode arguments, String name) {
    var plain = Json.object();
    for (var field : List.of("by", "merchant", "need", "under", "from")) {
      if (arguments.has(field)) {
        plain.set(field, arguments.path(field));
      }
    }
    if (arguments.path("offer").isString()) {
      plain.putObject("pick").put("offer_id", arguments.path("offer").stringValue());
    } else if (arguments.has("pick")) {
      plain.set("pick", arguments.path("pick"));
    }
    return plain.put("as", arguments.path("as").asString(name));
  }

  private static JsonNode without(ObjectNode plain, String field) {
    var copy = plain.deepCopy();
    copy.remove(field);
    return copy;
  }

  private static JsonNode without(JsonNode plain, String field) {
    return without((ObjectNode) plain, field);
  }
}
