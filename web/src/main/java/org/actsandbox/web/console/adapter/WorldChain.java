package org.actsandbox.web.console.adapter;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.attestation.merkle.TreeHead;
import org.actsandbox.sandbox.trust.chain.AnchorChain;
import org.actsandbox.sandbox.trust.chain.AnchorTrace;
import org.actsandbox.sandbox.trust.chain.ChainAudit;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.ChainReader;
import org.springframework.stereotype.Component;

/** Reads the chain from the trust service of the world. */
@Component
class WorldChain implements ChainReader {

  @Override
  public long size(World world) {
    return chain(world).size();
  }

  @Override
  public Optional<TreeHead> head(World world) {
    return chain(world).head();
  }

  @Override
  public boolean isSigned(World world, TreeHead head) {
    var trustService = world.participant(TrustService.class);
    var keeper = trustService.world().did();
    return head.isSignedBy(
        keeper,
        signer ->
            trustService.keys(keeper).stream()
                .filter(period -> period.key().signerId().equals(signer))
                .filter(period -> period.isValidAt(head.timestamp()))
                .map(KeyPeriod::key)
                .findFirst());
  }

  @Override
  public List<AnchorChain.Link> after(World world, long height, int limit) {
    return chain(world).after(height, limit);
  }

  @Override
  public Optional<AnchorChain.Link> find(World world, String recordId) {
    return chain(world).find(recordId);
  }

  @Override
  public Optional<AnchorTrace> trace(World world, String recordId) {
    return chain(world).trace(recordId);
  }

  @Override
  public ChainAudit.Findings audit(World world, long from, int leaves) {
    return chain(world).audit(from, leaves);
  }

  private static AnchorChain chain(World world) {
    return world.participant(TrustService.class).chain();
  }
}
