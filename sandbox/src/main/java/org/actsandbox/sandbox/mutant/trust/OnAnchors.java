package org.actsandbox.sandbox.mutant.trust;

import java.util.List;
import java.util.Optional;
import org.actsandbox.sandbox.mutant.TrustDefect;
import org.actsandbox.sandbox.trust.TrustParts;
import org.actsandbox.sandbox.trust.chain.Log;
import org.actsandbox.sandbox.trust.record.Submitting;
import org.actsandbox.sandbox.world.World;

/** Careless on the way of an anchor to the chain. */
enum OnAnchors implements TrustDefect {
  /** Whoever anchors a record anew is told that it worked. */
  SECOND_ACCEPTED {
    @Override
    public TrustParts parts(World world) {
      return new TrustParts() {
        @Override
        public Log log(Log standard) {
          return compacts -> standard.append(compacts).stream().map(OnAnchors::accepted).toList();
        }
      };
    }
  },
  /** No answer counts as an end of it. */
  GIVEN_UP {
    @Override
    public TrustParts parts(World world) {
      return new TrustParts() {
        @Override
        public Submitting submitting(Submitting standard) {
          return (submitter, anchors) ->
              standard.submit(submitter, anchors).or(() -> Optional.of(givenUp(anchors)));
        }
      };
    }
  };

  private static Log.Taken accepted(Log.Taken honest) {
    return honest instanceof Log.Taken.Before(var anchor, long height, boolean differs) && differs
        ? new Log.Taken.At(anchor, height)
        : honest;
  }

  private static List<Submitting.Outcome> givenUp(List<String> anchors) {
    return anchors.stream().map(_ -> new Submitting.Outcome(null, "given up")).toList();
  }
}
