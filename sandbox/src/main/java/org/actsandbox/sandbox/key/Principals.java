package org.actsandbox.sandbox.key;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Holds the principals of one world, who own accounts and give authority; each has a key behind a
 * payment PIN of its own.
 *
 * @param dids the first is {@link #FIRST} in every world
 */
public record Principals(List<Did> dids, Function<Did, PrincipalSigner> signers) {

  /** The principal that every world has; it is the only one unless more were requested. */
  public static final Did FIRST = Did.of("principal");

  public Principals {
    dids = List.copyOf(dids);
  }

  public boolean has(Did did) {
    return dids.contains(did);
  }

  /** Says whether there are several principals, so that a request has to name one. */
  public boolean hasSeveral() {
    return dids.size() > 1;
  }

  /**
   * Finds the principal with this DID; a misspelt DID would otherwise name a principal without any
   * data.
   *
   * @throws Refusal {@code invalid_field} naming the existing principals
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
