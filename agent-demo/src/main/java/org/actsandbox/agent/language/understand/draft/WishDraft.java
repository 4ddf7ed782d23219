package org.actsandbox.agent.language.understand.draft;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Slots;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * Holds a wish while the interpreter still fills it. For each slot of the wish it has a field of
 * the same name, which is null while nothing was said about it.
 */
public abstract sealed class WishDraft permits TrainDraft, HotelDraft, ShopDraft {

  private static final String OTHERWISE = "otherwise";

  /** Says what is wished if this wish is not to be had. */
  @Nullable Fallback otherwise;

  public abstract MerchantKind kind();

  /** Returns the drafts of one kind. */
  public static <D extends WishDraft> Stream<D> all(List<WishDraft> drafts, Class<D> kind) {
    return drafts.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** Returns the fields of the slots by their names. */
  abstract Map<String, Field> slots();

  /** Returns the wish without its fallback. */
  abstract Wish plainWish();

  /** Forgets what does not hold any more when the changes are taken. */
  abstract void prepare(WishDraft changes);

  /** Returns one draft for each part of the wish that has a number of its own, or else this. */
  public abstract List<WishDraft> split();

  /** Returns the field of a draft for each slot of its wish but the fallback. */
  static Map<String, Field> slots(Class<? extends WishDraft> draft, Class<? extends Wish> wish) {
    var fields = new LinkedHashMap<String, Field>();
    for (var slot : wish.getRecordComponents()) {
      try {
        if (!slot.getName().equals(OTHERWISE)) {
          fields.put(slot.getName(), draft.getDeclaredField(slot.getName()));
        }
      } catch (NoSuchFieldException missing) {
        throw new IllegalStateException(draft + " has no field for " + slot, missing);
      }
    }
    return fields;
  }

  /** Returns the value of a slot; null if there is none, or no such slot. */
  public final @Nullable Object get(String slot) {
    var field = slots().get(slot);
    try {
      return field == null ? null : field.get(this);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Sets a slot that the wish has; to a list of values it adds. */
  @SuppressWarnings("unchecked")
  public final void set(String slot, @Nullable Object value) {
    var field = slots().get(slot);
    try {
      if (get(slot) instanceof Set<?> values && value instanceof Collection<?> more) {
        ((Set<Object>) values).addAll(more);
      } else if (field != null) {
        field.set(this, value);
      }
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns the value of a slot as a wish has it. */
  final @Nullable Object wished(String slot) {
    return get(slot) instanceof Set<?> values ? List.copyOf(values) : get(slot);
  }

  /** Sets each slot to the value that it has there, if any. */
  private void take(Map<String, ? extends @Nullable Object> values) {
    slots()
        .keySet()
        .forEach(
            slot -> {
              if (values.get(slot) != null) {
                set(slot, values.get(slot));
              }
            });
  }

  private Map<String, @Nullable Object> values() {
    var values = new LinkedHashMap<String, @Nullable Object>();
    slots().keySet().forEach(slot -> values.put(slot, get(slot)));
    return values;
  }

  /**
   * Returns the wish with defaults where there are some, and with its fallback; essentials may
   * still be missing.
   */
  public final Wish wish() {
    var wish = plainWish();
    return otherwise == null ? wish : otherwise.addTo(wish);
  }

  /** Returns a list of drafts of the wishes, which can be changed. */
  public static List<WishDraft> of(List<Wish> wishes) {
    return new ArrayList<>(wishes.stream().map(wish -> of(wish)).toList());
  }

  public static WishDraft of(Wish wish) {
    var draft = empty(wish.kindOf());
    draft.take(Slots.values((Record) wish));
    draft.otherwise = Fallback.between(wish.withOtherwise(null), wish.otherwise());
    return draft;
  }

  /** Wishes for {@code changes} only if this wish is not to be had. */
  public void otherwise(WishDraft changes) {
    var wish = plainWish();
    var other = of(wish);
    other.update(changes);
    otherwise = Fallback.between(wish, other.plainWish());
  }

  public static WishDraft empty(MerchantKind merchantKind) {
    return switch (merchantKind) {
      case TRAIN -> new TrainDraft();
      case HOTEL -> new HotelDraft();
      case SHOP -> new ShopDraft();
      case SERVICE -> throw new IllegalArgumentException("no shop sells " + merchantKind);
    };
  }

  /** Replaces values by those of {@code changes}, which is of the same kind. */
  public final void update(WishDraft changes) {
    otherwise = changes.otherwise == null ? otherwise : changes.otherwise;
    prepare(changes);
    take(changes.values());
  }
}
