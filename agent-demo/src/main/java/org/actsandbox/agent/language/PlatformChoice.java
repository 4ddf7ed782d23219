package org.actsandbox.agent.language;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which platforms the principal wants to be asked. It holds for all wishes of a conversation
 * until the principal names other platforms.
 *
 * @param only the ids of the only platforms to ask; empty for all
 * @param except the ids of platforms that are not asked
 */
public record PlatformChoice(List<String> only, List<String> except) {

  /** Every platform may be asked. */
  public static final PlatformChoice ALL = new PlatformChoice(List.of(), List.of());

  public PlatformChoice {
    only = List.copyOf(only);
    except = List.copyOf(except);
  }

  /** Returns {@code stored}, or {@link #ALL} for documents of older versions. */
  public static PlatformChoice orAll(@Nullable PlatformChoice stored) {
    return stored == null ? ALL : stored;
  }

  /**
   * Returns whether to ask a platform.
   *
   * @param sellers the ids of all platforms that sell what is wished: "only RailEast" says nothing
   *     about hotels, which RailEast does not sell
   */
  public boolean allows(String platform, Collection<String> sellers) {
    boolean isNarrowed = only.stream().anyMatch(sellers::contains);
    return !except.contains(platform) && (!isNarrowed || only.contains(platform));
  }
}
