package org.actsandbox.web.console.credit;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;

/** Shows who a participant of credit association is: identity, address, keys, and what it does. */
@Controller
class CreditServicePages {

  private static final Map<String, Did> SERVICES =
      Map.of(
          "credit", World.CREDIT,
          "credit-issuer", World.CREDIT_ISSUER,
          "credit-verifier", World.CREDIT_VERIFIER);

  /** Represents a public key; the newest signs, the others verify what was signed before. */
  record PublicKey(String id, String type, String value) {

    static PublicKey of(VerificationKey key) {
      return new PublicKey(
          key.signerId(), key.type().name(), Json.parse(key.jwk()).path("x").asString(""));
    }
  }

  @GetMapping("/console/{world}/credit/{service}")
  Rendering show(PageRequest pageRequest, @PathVariable String service) {
    var did = SERVICES.get(service);
    if (did == null) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such service").at("service");
    }
    var world = pageRequest.world();
    List<PublicKey> keys =
        world.keys().publicKeys(did).stream().map(PublicKey::of).toList().reversed();
    return pageRequest
        .page("console/credit-service", "delegations")
        .with("service", service)
        .with("did", did.value())
        .with("address", world.at("/" + service).toString())
        .with("keys", keys)
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .with("here", pageRequest.here())
        .show();
  }
}
