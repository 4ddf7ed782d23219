package org.actsandbox.sandbox.trust.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.merkle.InclusionProof;
import org.actsandbox.protocol.attestation.verification.AnchorSource;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.ParticipantAnswer;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.trust.TrustWorld;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Submits anchors to the chain and queries it over HTTP, as any other participant does. */
public final class AnchorClient implements AnchorSource, AnchorSubmitter {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /**
   * Ours: shorter than the standard's 30 seconds, so that the query and three repetitions fit into
   * the minute that the edge waits for an answer.
   */
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(10);

  private final TrustWorld world;

  public AnchorClient(TrustWorld world) {
    this.world = world;
  }

  @Override
  public Optional<List<Outcome>> submit(Did submitter, List<String> anchors) {
    var body = Json.object();
    var array = body.putArray("anchors");
    anchors.forEach(array::add);
    var client = new ParticipantClient(world.outbound(), submitter, TIMEOUT);
    return client.post(world.at("/anchors"), body) instanceof ParticipantAnswer.Done done
        ? outcomes(done.body(), anchors.size())
        : Optional.empty();
  }

  private static Optional<List<Outcome>> outcomes(JsonNode body, int expected) {
    var items = body.path("items");
    if (!items.isArray() || items.size() != expected) {
      return Optional.empty();
    }
    var outcomes = new ArrayList<Outcome>();
    for (var item : items) {
      outcomes.add(outcome(item));
    }
    return Optional.of(outcomes);
  }

  private static Outcome outcome(JsonNode item) {
    var height = item.path("height");
    if (item.path("differs").asBoolean(false)) {
      return new Outcome(null, "the chain holds another anchor of this record");
    }
    return height.isIntegralNumber()
        ? new Outcome(height.longValue(), null)
        : new Outcome(null, item.path("problem").asString("refused"));
  }

  @Override
  public Optional<InclusionProof> find(String recordId, Duration limit) {
    var timeout = limit.compareTo(QUERY_LIMIT) < 0 ? limit : QUERY_LIMIT;
    var target = world.at("/anchors/" + recordId);
    var client = new ParticipantClient(world.outbound(), world.did(), world.readerKey(), timeout);
    var answer = client.fetch(target, Map.of());
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw new NoAnswerException(target, answer.status() == 504, null);
    }
    try {
      return Optional.of(Json.read(Json.parse(answer.body()).path("proof"), InclusionProof.class));
    } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
      throw new NoAnswerException(target, false, malformed);
    }
  }
}
