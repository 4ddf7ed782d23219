package org.actsandbox.agent.language.read;

import java.util.EnumSet;
import java.util.Set;
import org.actsandbox.protocol.commerce.MerchantKind;

/** Names the topics of the words in the lexicon, with the kinds of wishes that have them. */
public enum Topic {
  KIND(MerchantKind.WITH_OFFERS),
  CLASS(Set.of(MerchantKind.TRAIN)),
  SEAT(Set.of(MerchantKind.TRAIN)),
  TRAINTYPE(Set.of(MerchantKind.TRAIN)),
  SORT(MerchantKind.WITH_OFFERS),
  BREAKFAST(Set.of(MerchantKind.HOTEL)),
  CANCEL(Set.of(MerchantKind.HOTEL)),
  RETURN(Set.of(MerchantKind.TRAIN)),
  PLACE(MerchantKind.WITH_OFFERS),
  DIRECT(Set.of(MerchantKind.TRAIN)),
  PRODUCT(Set.of(MerchantKind.SHOP)),
  FEATURE(Set.of(MerchantKind.SHOP)),
  BRAND(Set.of(MerchantKind.SHOP)),
  ROOM(Set.of(MerchantKind.HOTEL)),
  /** A wish that no merchant here can be asked for; the value is its line in the list. */
  UNSUPPORTED(Set.of());

  private static final Set<Topic> DETAILS =
      EnumSet.of(CLASS, SEAT, TRAINTYPE, BREAKFAST, CANCEL, FEATURE, BRAND, ROOM);

  @SuppressWarnings("ImmutableEnumChecker") // the sets cannot be modified
  final Set<MerchantKind> kinds;

  Topic(Set<MerchantKind> kinds) {
    this.kinds = kinds;
  }

  /** Returns whether the words describe what is wished. */
  public boolean isDetail() {
    return DETAILS.contains(this);
  }
}
