package org.actsandbox.web.console.words;

import java.util.Optional;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.world.World;

/** Names participants by their DIDs. */
public final class ParticipantNames {

  private static final String PREFIX = "did:act:";

  private ParticipantNames() {}

  /** Returns the name; the last part of the DID for a participant that not every world has. */
  public static Text of(String did) {
    return switch (did) {
      case "did:act:principal" -> new Text("You", "您");
      case "did:act:demo-agent" -> new Text("Demo agent", "演示智能体");
      case "did:act:personal-agent" -> new Text("Personal agent", "专属智能体");
      case "did:act:outside-agent" -> new Text("Outside agent", "外部智能体");
      case "did:act:sandbox-pay" -> new Text("Sandbox Pay", "沙箱支付");
      case "did:act:sandbox-trust" -> new Text("Trust service", "信任服务");
      case "did:act:sandbox-delegations" -> new Text("Delegation service", "授权服务");
      case "did:act:sandbox-credit" -> new Text("Credit service", "信用服务");
      case "did:act:sandbox-credit-issuer" -> new Text("Association issuer", "关联凭证签发方");
      case "did:act:sandbox-credit-verifier" -> new Text("Credit verifier", "信用验证方");
      case "did:act:sandbox" -> new Text("Sandbox", "沙箱");
      case "operator" -> new Text("Operator", "操作员");
      case "anonymous" -> new Text("Anonymous", "匿名");
      default ->
          MerchantRoster.all().stream()
              .filter(merchant -> merchant.did().value().equals(did))
              .map(merchant -> merchant.name())
              .findFirst()
              .orElse(Text.untranslated(did.replace(PREFIX, "")));
    };
  }

  /** Returns the name that a merchant from outside has in the world; empty for all others. */
  static Optional<Text> ofMerchantOutside(World world, String did) {
    return did.startsWith(PREFIX)
        ? world.externalMerchants().get(did.substring(PREFIX.length())).map(ExternalMerchant::name)
        : Optional.empty();
  }
}
