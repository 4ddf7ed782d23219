package org.actsandbox.sandbox.key;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * The people of one world: who owns accounts and gives authority, each with a key of its own behind
 * a payment PIN of its own.
 *
 * @param dids the first is {@link #FIRST} in every world
 */
public record Principals(List<Did> dids, Function<Did, PrincipalSigner> signers) {

  /** The principal every world has; the only one unless more were ordered. */
  public static final Did FIRST = Did.of("principal");

  public Principals {
    dids = List.copyOf(dids);
  }

  public boolean has(Did did) {
    return dids.contains(did);
  }

  /** Whether it has to be said whose something is. */
  public boolean hasSeveral() {
    return dids.size() > 1;
  }

  /**
   * Who has this DID: a misspelt one would be somebody who has done nothing.
   *
   * @throws Refusal {@code invalid_field} naming those there are
   */
  public Did require(String did) {
    return dids.stream()
        .filter(each -> each.value().equals(did))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.INVALID_FIELD, "this world has no such principal")
                    .at("principal")
                    .expected(dids.stream().map(Did::value).collect(Collectors.joining(", ")))
                    .observed(did));
  }

  public PrincipalSigner signer(Did principal) {
    return signers.apply(principal);
  }
}
