package org.actsandbox.sandbox.external.api;

import static org.actsandbox.sandbox.external.api.DiscoveryFinding.absent;
import static org.actsandbox.sandbox.external.api.DiscoveryFinding.failed;
import static org.actsandbox.sandbox.external.api.DiscoveryFinding.passed;
import static org.actsandbox.sandbox.external.api.DiscoveryFinding.skipped;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.commerce.AgentCard;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.external.relay.MerchantNetwork;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Looks at what a merchant from outside publishes: its card, DID document, payment capability,
 * catalog, and the bill of a gate. Every call is short, so the whole takes seconds at most.
 */
@Component
class MerchantDiscovery {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final String CARD = "/.well-known/agent-card.json";
  private static final String DID_DOCUMENT = "/.well-known/did.json";
  private static final String CATALOG = "/catalog";
  private static final List<String> ENTRY_FIELDS =
      List.of("id", "name", "category", "price", "currency");
  private static final String NOT_REACHABLE = "the merchant does not answer";

  private final MerchantNetwork network;

  MerchantDiscovery(MerchantNetwork network) {
    this.network = network;
  }

  /** Holds an answer, or why there is none. */
  private record Fetched(OutboundClient.@Nullable Answer answer, String problem, long millis) {

    Optional<JsonNode> json() {
      if (answer == null || !answer.isSuccess()) {
        return Optional.empty();
      }
      try {
        return Optional.of(Json.parse(answer.body())).filter(JsonNode::isObject);
      } catch (JacksonException notJson) {
        // The finding shows what came instead.
        return Optional.empty();
      }
    }

    boolean isMissing() {
      return answer != null && (answer.status() == 404 || answer.status() == 405);
    }

    String seen() {
      if (answer == null) {
        return problem;
      }
      var type = answer.header("Content-Type").orElse("no content type");
      return "status %d, %s, %d bytes".formatted(answer.status(), type, answer.body().length);
    }
  }

  /** Reads what the merchant says of itself; the merchant need not take part yet. */
  DiscoveredDocuments documents(World world, ExternalMerchant merchant) {
    var card = fetch(world, merchant, CARD);
    if (card.answer() == null) {
      return new DiscoveredDocuments(false, card.problem(), card.millis(), null, null, false);
    }
    return new DiscoveredDocuments(
        true,
        null,
        card.millis(),
        card.json().orElse(null),
        fetch(world, merchant, DID_DOCUMENT).json().orElse(null),
        fetch(world, merchant, CATALOG).json().isPresent());
  }

  /** Looks at a merchant that takes part. */
  List<DiscoveryFinding> examine(World world, ExternalMerchant merchant) {
    var card = fetch(world, merchant, CARD);
    var target = merchant.at(CARD).toString();
    if (card.answer() == null) {
      return Stream.concat(
              Stream.of(
                  failed(
                      "reachable",
                      DiscoveryCode.NO_ANSWER,
                      target,
                      null,
                      "an answer over HTTP",
                      card.problem())),
              Stream.of("card", "capability", "did_document", "catalog", "bill")
                  .map(check -> skipped(check, DiscoveryCode.NOT_REACHED, NOT_REACHABLE)))
          .toList();
    }
    var findings = new ArrayList<DiscoveryFinding>();
    findings.add(passed("reachable", target, null, "answered in %d ms".formatted(card.millis())));
    boolean cardNeeded = merchant.level().includes(MerchantLevel.SHOP);
    var cardFinding = card(merchant, card, cardNeeded);
    findings.add(cardFinding);
    findings.add(
        cardFinding.result() == DiscoveryFinding.Result.PASSED
            ? capability(world, merchant, card.json().orElseThrow())
            : skipped("capability", DiscoveryCode.NO_CARD, "there is no usable card"));
    findings.add(didDocument(world, merchant));
    findings.add(catalog(world, merchant));
    findings.add(
        merchant.level() == MerchantLevel.GATE
            ? bill(world, merchant)
            : skipped("bill", DiscoveryCode.AFTER_CART, "a bill follows from a cart"));
    return List.copyOf(findings);
  }

  private static DiscoveryFinding card(ExternalMerchant merchant, Fetched card, boolean needed) {
    var target = merchant.at(CARD).toString();
    var json = card.json();
    if (json.isEmpty()) {
      return card.isMissing() && !needed
          ? absent("card", target, card.seen())
          : failed(
              "card",
              DiscoveryCode.NOT_JSON,
              target,
              "CID-4",
              "200 with a JSON object",
              card.seen());
    }
    var did = json.get().path("agent_id").asString("");
    if (!did.equals(merchant.did().value())) {
      return failed(
          "card",
          DiscoveryCode.OTHER_DID,
          target,
          "CID-4",
          "agent_id " + merchant.did(),
          "agent_id " + did);
    }
    var vertical = json.get().path("vertical").asString("");
    if (!vertical.equals(merchant.kind().code())) {
      return failed(
          "card",
          DiscoveryCode.OTHER_KIND,
          target,
          "CID-4",
          "vertical " + merchant.kind().code(),
          "vertical " + vertical);
    }
    var mode = negotiation(json.get()).path("mode").asString("");
    if (!mode.equals("one-way") && !mode.equals("two-way")) {
      return failed(
          "card",
          DiscoveryCode.NO_NEGOTIATION,
          target,
          "CID-4",
          "capabilities.\"%s\" with mode one-way or two-way".formatted(AgentCard.NEGOTIATION),
          mode.isEmpty() ? "no mode" : "mode " + mode);
    }
    return passed("card", target, "CID-4", "agent_id %s, %s".formatted(did, mode));
  }

  private static JsonNode negotiation(JsonNode card) {
    return card.path("capabilities").path(AgentCard.NEGOTIATION);
  }

  private DiscoveryFinding capability(World world, ExternalMerchant merchant, JsonNode card) {
    boolean twoWay = negotiation(card).path("mode").asString("").equals("two-way");
    var named =
        negotiation(card).path(twoWay ? "negotiation_endpoint" : "capability_url").asString("");
    var address = own(merchant, named);
    if (address == null) {
      return failed(
          "capability",
          DiscoveryCode.FOREIGN_ADDRESS,
          merchant.at(CARD).toString(),
          "CID-4",
          "an address below " + merchant.url(),
          named.isEmpty() ? "no address" : named);
    }
    if (twoWay) {
      return passed("capability", address.toString(), "CID-4", "negotiated for each purchase");
    }
    var fetched = fetch(world, merchant, "/" + relative(merchant, address));
    var psp =
        fetched.json().stream()
            .filter(json -> json.path("agent_id").asString("").equals(merchant.did().value()))
            .flatMap(json -> json.path("supported_methods").valueStream())
            .filter(each -> each.path("method_id").asString("").equals(PaymentNeeded.METHOD_ID))
            .flatMap(each -> each.path("psps").valueStream())
            .filter(each -> each.path("psp_id").asString("").equals(World.PSP.value()))
            .filter(
                each ->
                    each.path("endpoint").asString("").equals(world.at("/psp/payments").toString()))
            .findFirst();
    return psp.isPresent()
        ? passed("capability", address.toString(), "CID-4", PaymentNeeded.METHOD_ID)
        : failed(
            "capability",
            fetched.json().isEmpty() ? DiscoveryCode.NOT_JSON : DiscoveryCode.NO_PAYMENT_SERVICE,
            address.toString(),
            "CID-4",
            "agent_id %s, and %s of %s at %s"
                .formatted(
                    merchant.did(), PaymentNeeded.METHOD_ID, World.PSP, world.at("/psp/payments")),
            fetched.seen());
  }

  private static String relative(ExternalMerchant merchant, URI address) {
    return merchant.pathBelow(address).substring(1);
  }

  private static @Nullable URI own(ExternalMerchant merchant, String named) {
    try {
      var address = URI.create(merchant.url() + "/").resolve(named);
      return !named.isEmpty() && merchant.owns(address) ? address : null;
    } catch (IllegalArgumentException notAnAddress) {
      // The finding shows what stands there.
      return null;
    }
  }

  private DiscoveryFinding didDocument(World world, ExternalMerchant merchant) {
    var fetched = fetch(world, merchant, DID_DOCUMENT);
    var target = merchant.at(DID_DOCUMENT).toString();
    if (fetched.json().isEmpty()) {
      return absent("did_document", target, fetched.seen());
    }
    var id = fetched.json().get().path("id").asString("");
    return id.equals(merchant.did().value())
        ? passed("did_document", target, null, id)
        : failed(
            "did_document",
            DiscoveryCode.OTHER_DID,
            target,
            null,
            "id " + merchant.did(),
            "id " + id);
  }

  private DiscoveryFinding catalog(World world, ExternalMerchant merchant) {
    var fetched = fetch(world, merchant, CATALOG);
    var target = merchant.at(CATALOG).toString();
    if (fetched.json().isEmpty()) {
      return merchant.level().includes(MerchantLevel.SHOP)
          ? failed(
              "catalog",
              DiscoveryCode.NOT_JSON,
              target,
              "CID-1",
              "200 with {\"items\": [...]}",
              fetched.seen())
          : absent("catalog", target, fetched.seen());
    }
    var items = fetched.json().get().path("items");
    if (!items.isArray() || items.isEmpty()) {
      return failed(
          "catalog",
          DiscoveryCode.EMPTY_CATALOG,
          target,
          "CID-1",
          "items with at least one entry",
          "no entries");
    }
    for (int i = 0; i < items.size(); i++) {
      for (var field : ENTRY_FIELDS) {
        if (!items.path(i).hasNonNull(field)) {
          return failed(
              "catalog",
              DiscoveryCode.INCOMPLETE_ENTRY,
              target,
              "CID-1",
              "items[%d].%s".formatted(i, field),
              "it is missing");
        }
      }
    }
    return passed("catalog", target, "CID-1", items.size() + " entries");
  }

  private DiscoveryFinding bill(World world, ExternalMerchant merchant) {
    var fetched = fetch(world, merchant, merchant.resource());
    var target = merchant.at(merchant.resource()).toString();
    var answer = fetched.answer();
    if (answer == null || answer.status() != 402) {
      return failed(
          "bill",
          DiscoveryCode.NO_402,
          target,
          "A402-1",
          "402 with Payment-Needed",
          fetched.seen());
    }
    var header = answer.header(A402Headers.PAYMENT_NEEDED);
    if (header.isEmpty()) {
      return failed(
          "bill",
          DiscoveryCode.NO_BILL,
          target,
          "A402-1",
          "the header Payment-Needed",
          "402 without it");
    }
    try {
      var needed = A402Headers.decode(A402Headers.PAYMENT_NEEDED, header.get());
      var signer = SignedJson.verify(needed.path("protocol"), world.directory());
      var second = MethodLayer.verify(needed, world.directory());
      return signer.equals(merchant.did()) && second.equals(merchant.did())
          ? passed(
              "bill",
              target,
              "A402-3",
              "%s %s for %s"
                  .formatted(
                      needed.at("/protocol/amount").asString(""),
                      needed.at("/protocol/currency").asString(""),
                      needed.at("/protocol/resource_id").asString("")))
          : failed(
              "bill",
              DiscoveryCode.BILL_SIGNATURE,
              target,
              "A402-3",
              "signed by " + merchant.did(),
              "signed by " + signer);
    } catch (Refusal refusal) {
      return failed(
          "bill",
          DiscoveryCode.BILL_SIGNATURE,
          target,
          "A402-3",
          refusal.expected() == null ? "a bill with both signatures" : refusal.expected(),
          refusal.detail());
    } catch (IllegalArgumentException noDid) {
      return failed(
          "bill",
          DiscoveryCode.BILL_SIGNATURE,
          target,
          "A402-3",
          "signer_id with a DID",
          noDid.toString());
    }
  }

  /** Posts its settings to a merchant that is ready to take them. */
  DiscoveryFinding handOver(
      World world, ExternalMerchant merchant, String path, Map<String, String> settings) {
    var taken =
        fetch(
            world,
            merchant,
            new OutboundClient.Call(
                "POST",
                merchant.at(path),
                Map.of("content-type", "application/json"),
                Json.bytes(settings),
                TIMEOUT));
    var target = merchant.at(path).toString();
    return taken.answer() != null && taken.answer().isSuccess()
        ? passed("settings", target, null, taken.seen())
        : failed(
            "settings",
            DiscoveryCode.SETTINGS_REFUSED,
            target,
            null,
            "a status of 2xx",
            taken.seen());
  }

  private Fetched fetch(World world, ExternalMerchant merchant, String path) {
    return fetch(
        world,
        merchant,
        OutboundClient.Call.get(merchant.at(path), Map.of("accept", "application/json"), TIMEOUT));
  }

  private Fetched fetch(World world, ExternalMerchant merchant, OutboundClient.Call call) {
    long start = System.nanoTime();
    try {
      var answer = network.send(world, merchant, call);
      return new Fetched(answer, "", millisSince(start));
    } catch (NoAnswerException silence) {
      return new Fetched(null, MerchantNetwork.problem(silence), millisSince(start));
    }
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
