package org.actsandbox.agent.hosted;

import org.actsandbox.agent.Platform;
import org.actsandbox.agent.search.PlatformSearch;
import org.actsandbox.agent.search.SearchResult;

/** Tells no one how a search goes: the agent outside gets its result as a whole. */
final class SilentSearchProgress implements PlatformSearch.Progress {

  @Override
  public void asking(Platform platform, int wish) {
    // The result names all platforms.
  }

  @Override
  public void answered(Platform platform, int offers, int dropped) {
    // The result has the offers.
  }

  @Override
  public void leftOut(Platform platform, SearchResult.SkippedPlatform remark) {
    // The result has the reason.
  }
}
