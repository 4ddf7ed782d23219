package org.actsandbox.web.console.frame;

import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;

/** Provides titles for worlds whose names a machine made. */
@FunctionalInterface
public interface WorldTitleSource {

  /** Returns the world's title; empty for a world that a person named. */
  Optional<Text> findTitle(String world);
}
