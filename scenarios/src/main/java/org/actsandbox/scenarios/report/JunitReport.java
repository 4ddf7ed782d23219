package org.actsandbox.scenarios.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.actsandbox.scenarios.engine.ScenarioVerdict;

/** Writes the verdicts as JUnit XML, which build servers read. */
public final class JunitReport {

  private JunitReport() {}

  /**
   * Writes the file.
   *
   * @param replay gives the command that plays a scenario again, by the scenario's name
   */
  public static void write(
      Path file,
      List<ScenarioVerdict> scenarioVerdicts,
      Duration took,
      Function<String, String> replay) {
    try (var out = Files.newBufferedWriter(file)) {
      var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", "scenarios");
      xml.writeAttribute("tests", String.valueOf(scenarioVerdicts.size()));
      xml.writeAttribute(
          "failures",
          String.valueOf(scenarioVerdicts.stream().filter(each -> !each.passed()).count()));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", "0");
      xml.writeAttribute("time", PackReport.seconds(took).toPlainString());
      for (var scenarioVerdict : scenarioVerdicts) {
        testcase(xml, scenarioVerdict, replay.apply(scenarioVerdict.script().name()));
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write " + file, unwritable);
    } catch (XMLStreamException malformed) {
      throw new IllegalStateException("the report is no XML", malformed);
    }
  }

  private static void testcase(XMLStreamWriter xml, ScenarioVerdict scenarioVerdict, String replay)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "scenarios." + scenarioVerdict.script().theme());
    xml.writeAttribute("name", scenarioVerdict.script().name());
    xml.writeAttribute("time", PackReport.seconds(scenarioVerdict.took()).toPlainString());
    var scenarioFailure = scenarioVerdict.failure();
    if (scenarioFailure != null) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", XmlText.clean(scenarioFailure.oneLine()));
      xml.writeCharacters(XmlText.clean(FailureText.of(scenarioVerdict, scenarioFailure, replay)));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }
}
