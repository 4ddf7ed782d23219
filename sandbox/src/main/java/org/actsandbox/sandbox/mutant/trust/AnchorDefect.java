package org.actsandbox.sandbox.mutant.trust;

import java.util.List;
import java.util.Optional;
import org.actsandbox.sandbox.mutant.TrustDefect;
import org.actsandbox.sandbox.trust.chain.AnchorLog;
import org.actsandbox.sandbox.trust.endpoint.TrustParts;
import org.actsandbox.sandbox.trust.record.AnchorSubmitter;
import org.actsandbox.sandbox.world.World;

/** Lists defects of the trust service in bringing anchors to the chain. */
enum AnchorDefect implements TrustDefect {
  /** A second, different anchor of a record is answered as successful. */
  SECOND_ACCEPTED {
    @Override
    public TrustParts parts(World world) {
      return new TrustParts() {
        @Override
        public AnchorLog anchorLog(AnchorLog standard) {
          return compacts ->
              standard.append(compacts).stream().map(AnchorDefect::accepted).toList();
        }
      };
    }
  },
  /** An anchor without an answer is given up. */
  GIVEN_UP {
    @Override
    public TrustParts parts(World world) {
      return new TrustParts() {
        @Override
        public AnchorSubmitter anchorSubmitter(AnchorSubmitter standard) {
          return (submitter, anchors) ->
              standard.submit(submitter, anchors).or(() -> Optional.of(givenUp(anchors)));
        }
      };
    }
  };

  private static AnchorLog.AppendResult accepted(AnchorLog.AppendResult honest) {
    return honest
                instanceof
                AnchorLog.AppendResult.AlreadyPresent(var anchor, long height, boolean differs)
            && differs
        ? new AnchorLog.AppendResult.Appended(anchor, height)
        : honest;
  }

  private static List<AnchorSubmitter.Outcome> givenUp(List<String> anchors) {
    return anchors.stream().map(_ -> new AnchorSubmitter.Outcome(null, "given up")).toList();
  }
}
