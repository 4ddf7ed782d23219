package org.actsandbox.sandbox.knowledge;

import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Keeps what is known in the worlds that were asked about last. */
@Component
public class KnowledgeMemory {

  /** Ours: limit of worlds; the one that was asked about longest ago is read anew. */
  private static final int MAX_WORLDS = 4;

  private final StoredParticipantTexts storedParticipantTexts;

  /** By partition, which a reset changes; the first one was asked about longest ago. */
  private final Map<String, RememberedKnowledge> remembered = new LinkedHashMap<>(8, 0.75f, true);

  KnowledgeMemory(StoredParticipantTexts storedParticipantTexts) {
    this.storedParticipantTexts = storedParticipantTexts;
  }

  public KnowledgeReader of(World world) {
    return new KnowledgeReader(world, storedParticipantTexts, this);
  }

  synchronized RememberedKnowledge remembered(World world) {
    var kinds = ParticipantKinds.of(world.principals(), world.externalMerchants());
    var partition = world.partition();
    var known = remembered.get(partition);
    if (known == null || !known.isOf(kinds, world.journalStore().lastSeq())) {
      known = new RememberedKnowledge(kinds, KnowledgeReader.MAX_ENTRIES);
      remembered.put(partition, known);
      if (remembered.size() > MAX_WORLDS) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    }
    return known;
  }
}
