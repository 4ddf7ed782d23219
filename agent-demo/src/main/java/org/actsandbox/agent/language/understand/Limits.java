package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Gap;
import org.actsandbox.agent.language.Gap.Reason;
import org.actsandbox.agent.language.Profile;
import org.actsandbox.agent.language.place.Gazetteer;
import org.actsandbox.agent.language.place.Place;
import org.jspecify.annotations.Nullable;

/** What filling the drafts leaves beside them: the budget, and why to ask back. */
final class Limits {

  final Profile profile;
  final List<Gap> gaps = new ArrayList<>();
  @Nullable Budget budget;

  /** What was taken for granted, as keys of the bundle with their arguments. */
  final Map<String, List<String>> assumed = new LinkedHashMap<>();

  Limits(Profile profile) {
    this.profile = profile;
  }

  void assume(String key, String... arguments) {
    assumed.put(key, List.of(arguments));
  }

  void ask(String field, Reason reason, @Nullable String about) {
    var meant =
        about != null && reason == Reason.UNKNOWN
            ? Gazetteer.china().similar(about).map(Place::wire).orElse(null)
            : null;
    var gap = new Gap(field, reason, about, meant);
    if (!gaps.contains(gap)) {
      gaps.add(gap);
    }
  }

  boolean asks(String field) {
    return gaps.stream().anyMatch(g -> g.field().equals(field));
  }

  /** Where the principal lives; empty when not known or on no map. */
  Optional<Place> home() {
    var name = profile.homeStation() != null ? profile.homeStation() : profile.homeCity();
    return name == null ? Optional.empty() : Gazetteer.china().find(name);
  }
}
