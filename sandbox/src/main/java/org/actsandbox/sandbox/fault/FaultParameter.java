package org.actsandbox.sandbox.fault;

import java.util.List;
import java.util.regex.Pattern;

/** Describes a parameter of a fault: its name, accepted values and default. */
public sealed interface FaultParameter {

  /** Returns the name, as in {@code parameters} of the request. */
  String name();

  /** Returns the default; empty when there is no fixed one. */
  String defaultValue();

  /** Describes the accepted values in refusals and for people: {@code 0 to 60000}. */
  String expected();

  boolean accepts(String value);

  /** A whole number, both limits included. */
  record Whole(String name, long min, long max, String defaultValue) implements FaultParameter {

    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,15}");

    @Override
    public String expected() {
      return "%d to %d".formatted(min, max);
    }

    @Override
    public boolean accepts(String value) {
      if (!FORM.matcher(value).matches()) {
        return false;
      }
      long number = Long.parseLong(value);
      return number >= min && number <= max;
    }
  }

  /** A number with at most six decimals, both limits included. */
  record Decimal(String name, long min, long max, String defaultValue) implements FaultParameter {

    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,9}(?:\\.[0-9]{1,6})?");

    @Override
    public String expected() {
      return "%d to %d, decimals allowed".formatted(min, max);
    }

    @Override
    public boolean accepts(String value) {
      if (!FORM.matcher(value).matches()) {
        return false;
      }
      double number = Double.parseDouble(value);
      return number >= min && number <= max;
    }
  }

  /** One of several words; the first is the default. */
  record Choice(String name, List<String> values) implements FaultParameter {

    static Choice of(String name, String... values) {
      return new Choice(name, List.of(values));
    }

    @Override
    public String defaultValue() {
      return values.getFirst();
    }

    @Override
    public String expected() {
      return String.join(" or ", values);
    }

    @Override
    public boolean accepts(String value) {
      return values.contains(value);
    }
  }

  /** A header's name. */
  record Header(String name) implements FaultParameter {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,40}");

    @Override
    public String defaultValue() {
      return "";
    }

    @Override
    public String expected() {
      return "a header's name";
    }

    @Override
    public boolean accepts(String value) {
      return FORM.matcher(value).matches();
    }
  }
}
